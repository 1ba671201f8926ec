import { createHash } from 'node:crypto';
import type { DataOptions } from '../data/dataOptions.ts';
import type { Dataset } from '../data/dataset.ts';
import { folderFiles } from '../data/folder/folderFiles.ts';
import { companionsOf } from '../data/numpy/companions.ts';
import { readDataset } from '../data/readDataset.ts';
import { ByteBoundCache } from './cache.ts';
import type { CallContext } from './contract.ts';
import { stamp } from './models.ts';

interface DataFile {
  readonly path: string;
  readonly content?: Uint8Array;
  readonly options: DataOptions;
}

/** From how many bytes on a data set is one of those for which the process has to be careful with its memory. */
const LARGE = 48e6;

/** Reads data files; those used last are kept until the file, its content or the way to read it changes. */
export class Datasets {
  readonly #read: ByteBoundCache<Dataset>;
  /** Read without a model, and nothing in them would have depended on one. */
  readonly #anyModel = new WeakSet<Dataset>();

  readonly #large: () => void;

  /** @param large called when a data set of 48 MB and more was read */
  constructor(cacheBytes: number, large: () => void) {
    this.#read = new ByteBoundCache(cacheBytes);
    this.#large = large;
  }

  /** @throws Refusal as readDataset does */
  async get({ path, content, options }: DataFile, { report, signal }: CallContext = {}): Promise<Dataset> {
    const state = content
      ? createHash('sha256').update(content).digest('hex')
      : await stampOf(path, report, signal);
    const { input, ...withoutModel } = options;
    const keyed = (how: DataOptions) => JSON.stringify([path, state, how]);
    // A file may be listed before a model is chosen: it is not read again where that would change nothing.
    const before = await this.#read.peek(keyed(withoutModel));
    if (before && (this.#anyModel.has(before) || namesAsMany(before, input))) return before;
    return this.#read.get(keyed(options), async () => {
      let isAsked = false;
      const watched = Object.defineProperty({ ...options }, 'input', {
        enumerable: true,
        get: () => {
          isAsked = true;
          return input;
        },
      });
      const value = await readDataset({ path, content }, watched, report, signal);
      if (input === undefined && !isAsked) this.#anyModel.add(value);
      const bytes = size(value);
      if (bytes >= LARGE) this.#large();
      return { value, bytes };
    });
  }
}

/** Whether a file that names its cases has the features that the model takes: with it, it is read the same. */
function namesAsMany({ layout, features }: Dataset, input: DataOptions['input']): boolean {
  return layout === 'long' && features.length === input?.features;
}

/** Of the file or the files of the folder, and of those that are read with it. @throws Refusal as folderFiles does */
async function stampOf(
  path: string,
  report: CallContext['report'],
  signal: AbortSignal | undefined,
): Promise<string> {
  const folder = await folderFiles(path, report, signal);
  if (folder) return [...folder.files, ...folder.tables].map((file) => stamp(file.path)).join(' ');
  return [path, ...Object.values(companionsOf(path))].map(stamp).join(' ');
}

/** By count: to ask an instance for its values would unpack them. */
function size({ features, instances }: Dataset): number {
  return instances.reduce((total, { length }) => total + length * (features.length * 8 + 4) + 200, 1000);
}
