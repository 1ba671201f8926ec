import { statSync } from 'node:fs';
import { loadModel } from '../formats/loadModel.ts';
import { type Classifier, describeClassifier } from '../graph/classifier.ts';
import type { Graph } from '../graph/graph.ts';
import type { InputLayout } from '../graph/inputLayout.ts';
import { pickRuntime } from '../runtime/pick.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { ByteBoundCache } from './cache.ts';
import type { RuntimePreference } from './contract.ts';

/** A model file, described for one runtime, input layout and number of steps. */
export interface OpenModel {
  readonly path: string;
  readonly hash: string;
  readonly runtime: Runtime;
  readonly classifier: Classifier;
  /** Names this description among all that are open; sessions are kept under it. */
  readonly key: string;
  /** Of the constants, which every session holds once more. */
  readonly bytes: number;
}

export interface ModelRequest {
  readonly path: string;
  readonly prefer?: RuntimePreference;
  readonly layout?: InputLayout;
  /** For a dynamic time axis. */
  readonly steps?: number;
}

interface ModelFile {
  readonly graph: Graph;
  readonly hash: string;
  readonly bytes: number;
}

/** Opens models; those used last stay open. */
export class Models {
  readonly #files: ByteBoundCache<ModelFile>;
  readonly #described: ByteBoundCache<OpenModel>;
  readonly #runtimes = new Map<RuntimePreference, ReturnType<typeof pickRuntime>>();

  constructor(cacheBytes: number) {
    this.#files = new ByteBoundCache(cacheBytes / 2);
    this.#described = new ByteBoundCache(cacheBytes / 2);
  }

  async runtime(prefer: RuntimePreference = 'auto'): ReturnType<typeof pickRuntime> {
    const known = this.#runtimes.get(prefer) ?? pickRuntime(prefer);
    this.#runtimes.set(prefer, known);
    return known;
  }

  /** @throws Refusal as loadModel and describeClassifier do */
  async open({ path, prefer, layout, steps }: ModelRequest): Promise<OpenModel> {
    const { runtime } = await this.runtime(prefer);
    const { graph, hash, bytes } = await this.#files.get(`${path} ${stamp(path)}`, () => read(path));
    const key = [hash, runtime.id, layout ?? '', steps ?? ''].join(' ');
    const described = await this.#described.get(key, async () => {
      const classifier = await describeClassifier(graph, runtime, { layout, steps });
      return { value: { path, hash, runtime, classifier, key, bytes }, bytes };
    });
    return { ...described, path };
  }
}

async function read(path: string) {
  const { graph, hash } = await loadModel(path);
  let bytes = 1000;
  for (const { data } of graph.constants.values()) {
    bytes += data.byteLength;
  }
  return { value: { graph, hash, bytes }, bytes };
}

/** Tells one state of a file from another; '' where there is none. */
export function stamp(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found ? `${found.size} ${found.mtimeNs} ${found.ino}` : '';
}
