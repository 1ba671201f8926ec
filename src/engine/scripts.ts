import { createHash, type Hash } from 'node:crypto';
import { basename } from 'node:path';
import type { DataOptions } from '../data/dataOptions.ts';
import type { Dataset, Instance } from '../data/dataset.ts';
import { openRegular, unreadable } from '../files/openRegular.ts';
import type { ScriptInstance } from '../preprocess/script/nodeRunner.ts';
import { runScript, type ScriptWork, withPlace } from '../preprocess/script/runScript.ts';
import { scriptDataset } from '../preprocess/script/scriptDataset.ts';
import type { ScriptRun } from '../preprocess/script/scriptRun.ts';
import { Refusal } from '../refusal.ts';
import { ByteBoundCache } from './cache.ts';
import type { CallContext } from './contract.ts';
import type { Datasets } from './datasets.ts';
import { stamp } from './models.ts';

interface ScriptedData {
  readonly run: ScriptRun;
  readonly path: string;
  readonly content?: Uint8Array;
  readonly options: DataOptions;
  readonly classes?: readonly string[];
}

interface Scripted {
  readonly dataset: Dataset;
  /** SHA-256 of script and data, hex: the same for the same preprocessing of the same data. */
  readonly hash: string;
}

interface Output {
  readonly bytes: Uint8Array;
  /** What was read from it, by the way to read it. */
  readonly read: Map<string, Dataset>;
}

/** Runs linked scripts; what they wrote is kept until script, data or interpreter change. */
export class Scripts {
  readonly #outputs: ByteBoundCache<Output>;
  readonly #hashes = new Map<string, { readonly stamp: string; readonly hash: string }>();

  constructor(
    cacheBytes: number,
    private readonly datasets: Datasets,
    private readonly how: Pick<ScriptWork, 'log' | 'group'>,
  ) {
    this.#outputs = new ByteBoundCache(cacheBytes);
  }

  /** @throws Refusal as runScript and scriptDataset do */
  async get(data: ScriptedData, { report, signal }: CallContext = {}): Promise<Scripted> {
    const { run, path, content, options, classes } = data;
    const hash = createHash('sha256')
      .update(await this.#hashOf(run.script))
      .update(content ? createHash('sha256').update(content).digest() : await this.#hashOf(path))
      .digest('hex');
    const source = () => this.#source(data, signal);
    const key = JSON.stringify([hash, run.script, run.interpreter, run.again ?? 0, path]);
    const { bytes, read } = await this.#outputs.get(key, async () => {
      const instances = async () => {
        const file = await source();
        return file.instances.map((instance) => given(instance, file));
      };
      const work = { ...this.how, report, signal, instances };
      const bytes = await runScript(run, { path, content }, work);
      return { value: { bytes, read: new Map() }, bytes: 2 * bytes.length };
    });
    const how = JSON.stringify([options, classes]);
    const known = read.get(how);
    if (known) return { dataset: known, hash };
    try {
      const rows = await source().catch((error) => {
        if (error instanceof Refusal && !signal?.aborted) return undefined;
        throw error;
      });
      const name = basename(run.script);
      const dataset = scriptDataset({ name, bytes, options, source: rows, classes });
      read.set(how, dataset);
      return { dataset, hash };
    } catch (error) {
      throw error instanceof Refusal ? withPlace(error, run.script) : error;
    }
  }

  /** The data file as it is. What the script makes of blank cells is its business. */
  #source({ path, content, options }: ScriptedData, signal: AbortSignal | undefined): Promise<Dataset> {
    const raw: DataOptions = { ...options, input: undefined, missing: 'keep' };
    return this.datasets.get({ path, content, options: raw }, { signal });
  }

  /** Read again only when size or time have changed. @throws Refusal `file-missing` */
  async #hashOf(path: string): Promise<string> {
    const now = stamp(path);
    const known = this.#hashes.get(path);
    if (known?.stamp === now) return known.hash;
    const hash = createHash('sha256');
    await addFile(hash, path);
    const value = hash.digest('hex');
    this.#hashes.set(path, { stamp: now, hash: value });
    return value;
  }
}

async function addFile(hash: Hash, path: string): Promise<void> {
  const file = await openRegular(path);
  try {
    for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk as Buffer);
  } catch (error) {
    throw unreadable(error, path);
  } finally {
    await file.close();
  }
}

function given({ id, label, length, values }: Instance, { features }: Dataset): ScriptInstance {
  const rows = features.map((_, feature) => values.slice(feature * length, (feature + 1) * length));
  return { id, label, features, length, values: rows };
}
