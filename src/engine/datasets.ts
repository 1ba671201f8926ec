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

/** Reads data files; those used last are kept until the file, its content or the way to read it changes. */
export class Datasets {
  readonly #read: ByteBoundCache<Dataset>;

  constructor(cacheBytes: number) {
    this.#read = new ByteBoundCache(cacheBytes);
  }

  /** @throws Refusal as readDataset does */
  async get({ path, content, options }: DataFile, { report, signal }: CallContext = {}): Promise<Dataset> {
    const state = content ? createHash('sha256').update(content).digest('hex') : await stampOf(path, signal);
    const { input: _, ...withoutModel } = options;
    const keyed = (how: DataOptions) => JSON.stringify([path, state, how]);
    // A file may be listed before a model is chosen. What names its own cases reads the same with one.
    const before = await this.#read.peek(keyed(withoutModel));
    if (before && (before.layout === 'long' || before.format === 'ts')) {
      return before;
    }
    return this.#read.get(keyed(options), async () => {
      const value = await readDataset({ path, content }, options, report, signal);
      return { value, bytes: size(value) };
    });
  }
}

/** Of the file or the files of the folder, and of those that are read with it. @throws Refusal as folderFiles does */
async function stampOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const folder = await folderFiles(path, signal);
  if (folder) return folder.files.map((file) => stamp(file.path)).join(' ');
  return [path, ...Object.values(companionsOf(path))].map(stamp).join(' ');
}

/** By count: to ask an instance for its values would unpack them. */
function size({ features, instances }: Dataset): number {
  return instances.reduce((total, { length }) => total + length * (features.length * 8 + 4) + 200, 1000);
}
