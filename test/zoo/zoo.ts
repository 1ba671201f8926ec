import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpz } from '../../src/data/numpy/readNpz.ts';
import type { Tensor } from '../../src/graph/tensor.ts';

export const zooFolder = join(import.meta.dirname, '../fixtures/zoo');

/** Written by make.py, make_programs.py and make_keras.py. */
const INDICES = ['zoo', 'programs', 'keras'];
const NUMBERS = ['zoo', 'keras'];

/** One architecture of the zoo as one exporter wrote it. */
export interface Exported {
  readonly architecture: string;
  readonly exporter: string;
  /** Path of the file; undefined where the exporter cannot write it, and `refused` says why. */
  readonly file?: string;
  readonly refused?: string;
  /** Module path → tensors that hold the module's output. */
  readonly tensors: Readonly<Record<string, readonly string[]>>;
}

interface Index {
  readonly [architecture: string]: {
    readonly layers: readonly string[];
    readonly files: Readonly<
      Record<
        string,
        {
          readonly file?: string;
          readonly refused?: string;
          readonly tensors?: Readonly<Record<string, readonly string[]>>;
        }
      >
    >;
  };
}

/** Every architecture as every exporter writes it, in the order of the table. */
export function zoo(): Exported[] {
  const whole = new Map<string, Index[string]['files']>();
  for (const name of INDICES) {
    const index: Index = JSON.parse(readFileSync(join(zooFolder, `${name}.json`), 'utf8'));
    for (const [architecture, { files }] of Object.entries(index)) {
      whole.set(architecture, { ...whole.get(architecture), ...files });
    }
  }
  return [...whole].flatMap(([architecture, files]) =>
    Object.entries(files).map(([exporter, { file, refused, tensors }]) => ({
      architecture,
      exporter,
      tensors: tensors ?? {},
      ...(file === undefined ? {} : { file: join(zooFolder, file) }),
      ...(refused === undefined ? {} : { refused }),
    })),
  );
}

/** The framework's own numbers by `architecture|key`; undefined where it gives none (no gradient flows). */
export function zooNumbers(): (key: string) => Tensor | undefined {
  const parts = NUMBERS.map((name) => readNpz(readFileSync(join(zooFolder, `${name}.npz`)), `${name}.npz`));
  return (key) => {
    const array = parts.map((npz) => npz.get(key)).find((found) => found !== undefined);
    return array === undefined || array.dtype === 'text' ? undefined : array;
  };
}
