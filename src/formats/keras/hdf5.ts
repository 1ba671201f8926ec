/// <reference path="./jsfive.d.ts" />
import { endianness } from 'node:os';
import { createContext, runInContext } from 'node:vm';
import { Dataset, File, type Group } from 'jsfive';
import { elementCount, float32, type Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';

/** Weights of time-series classifiers are far below; a number of JavaScript takes twice a weight's room. */
const LARGEST_DATASET = 2 ** 25;
/** Bytes of a number, by jsfive's word for it. Half precision needs a newer Node. */
const SIZES: Readonly<Record<string, number>> = {
  f4: 4,
  f8: 8,
  i1: 1,
  u1: 1,
  i2: 2,
  u2: 2,
  i4: 4,
  u4: 4,
  i8: 8,
  u8: 8,
};

/** A group of an HDF5 file. */
export class Hdf5Group {
  readonly #group: Group;
  readonly #file: OpenFile;

  constructor(group: Group, file: OpenFile) {
    this.#group = group;
    this.#file = file;
  }

  get names(): readonly string[] {
    return this.#group.keys;
  }

  /** A group or, where there is none at that path, undefined. */
  group(path: string): Hdf5Group | undefined {
    const found = this.#find(path);
    return found === undefined || found instanceof Dataset ? undefined : new Hdf5Group(found, this.#file);
  }

  /**
   * Numbers as float32; undefined where there is no dataset at that path.
   * @throws Refusal `unsupported-dtype`, `broken-model`, `model-too-big`
   */
  tensor(path: string): Tensor<'float32'> | undefined {
    const found = this.#find(path);
    if (!(found instanceof Dataset)) return undefined;
    const { dtype, shape } = found;
    const size = typeof dtype === 'string' ? SIZES[dtype.replace(/^[<>|]/, '')] : undefined;
    if (size === undefined) {
      throw new Refusal(
        'unsupported-dtype',
        `The weights "${path}" are of the type ${typeof dtype === 'string' ? dtype : 'record'}; save the model in float32.`,
      );
    }
    if (found.filters !== null && found.filters !== undefined) {
      throw new Refusal(
        'unsupported-model',
        `The weights "${path}" are compressed within the file; save the model again with Keras.`,
      );
    }
    const count = elementCount(shape);
    this.#file.spend(count * size, path);
    if (count > LARGEST_DATASET) {
      throw new Refusal(
        'model-too-big',
        `The weights "${path}" have ${count} values; at most ${LARGEST_DATASET} are read.`,
      );
    }
    const floats = dtype === '<f4' ? this.#file.floats(found, count) : undefined;
    if (floats !== undefined) return float32(shape, floats);
    const values = Float32Array.from(found.value, Number);
    if (values.length !== count || values.some(Number.isNaN)) {
      throw broken(`"${path}" does not hold the ${count} values it announces`);
    }
    return float32(shape, values);
  }

  /** An attribute that is a text; undefined where there is none. */
  text(name: string): string | undefined {
    const value = this.#attribute(name);
    return typeof value === 'string' ? trimmed(value) : undefined;
  }

  /** An attribute that is a list of texts; Keras splits long ones into `name0`, `name1`… */
  texts(name: string): readonly string[] | undefined {
    const whole = this.#attribute(name);
    if (Array.isArray(whole)) return whole.map((one) => trimmed(String(one)));
    const all: string[] = [];
    for (let i = 0; ; i++) {
      const part = this.#attribute(`${name}${i}`);
      if (!Array.isArray(part)) return i === 0 ? undefined : all;
      all.push(...part.map((one) => trimmed(String(one))));
    }
  }

  #attribute(name: string): unknown {
    const { attrs } = this.#group;
    return Object.hasOwn(attrs, name) ? attrs[name] : undefined;
  }

  /** Name by name: jsfive throws where one is missing. */
  #find(path: string): Group | Dataset | undefined {
    let at: Group | Dataset = this.#group;
    for (const name of path.split('/').filter((part) => part !== '' && part !== '.')) {
      if (at instanceof Dataset || !at.keys.includes(name)) return undefined;
      const next: Group | Dataset | null = at.get(name);
      if (next === null) return undefined;
      at = next;
    }
    return at;
  }
}

/** The bytes of a file, and how many of them are still to be read. */
class OpenFile {
  #left: number;
  readonly #bytes: DataView;

  constructor(bytes: ArrayBuffer) {
    this.#left = bytes.byteLength;
    this.#bytes = new DataView(bytes);
  }

  /** What is read in all cannot be more than the file holds: a file's weights might all point to one place. */
  spend(bytes: number, path: string): void {
    this.#left -= bytes;
    if (!(this.#left >= 0)) throw broken(`"${path}" announces more values than the file holds`);
  }

  /**
   * Numbers that lie in one piece, copied as they lie: jsfive makes a JavaScript number of each, which takes a second and
   * 200 MB for ten million. Undefined where they lie otherwise.
   */
  floats({ _dataobjects: parts }: Dataset, count: number): Float32Array | undefined {
    const message = parts?.find_msg_type?.(DATA_LAYOUT)[0]?.get('offset_to_message');
    const layout = message === undefined ? undefined : parts?._get_data_message_properties?.(message);
    if (layout?.[2] !== CONTIGUOUS || endianness() === 'BE') return undefined;
    const at = Number(this.#bytes.getBigUint64(layout[3], true));
    if (at + count * 4 > this.#bytes.byteLength) throw broken('values lie beyond its end');
    return new Float32Array(this.#bytes.buffer.slice(at, at + count * 4) as ArrayBuffer);
  }
}

const DATA_LAYOUT = 8;
const CONTIGUOUS = 1;

/**
 * Opens an HDF5 file and reads from it. A file that sends the parser in circles is given up after a moment.
 * @param read is done before this returns; what it reads must not be kept open
 * @throws Refusal `broken-model`, and those of `read`
 */
export function readHdf5<Result>(bytes: Uint8Array, read: (root: Hdf5Group) => Result): Result {
  const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const length = announcedLength(new DataView(whole));
  if (length > bytes.length) throw broken(`it is cut short, at ${bytes.length} of ${length} bytes`);
  let result: { readonly value: Result } | undefined;
  const work = () => {
    result = { value: read(new Hdf5Group(new File(whole, 'model'), new OpenFile(whole))) };
  };
  try {
    // Only here can synchronous code be stopped.
    runInContext('work()', createContext({ work: quietly(work) }), {
      timeout: 2000 + Math.ceil(bytes.length / 10_000),
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const timedOut =
      error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw broken(timedOut ? 'it leads nowhere' : 'its structure is corrupt or cut short');
  }
  return result!.value;
}

/** The end of the file as its superblock (versions 0 to 3) has it; 0 where that is not told in 8 bytes. */
function announcedLength(file: DataView): number {
  const version = file.byteLength < 56 ? -1 : file.getUint8(8);
  const sizeAt = version < 2 ? 13 : 9;
  const endAt = [40, 44, 28, 28][version];
  return endAt === undefined || file.getUint8(sizeAt) !== 8 ? 0 : Number(file.getBigUint64(endAt, true));
}

/** jsfive tells the console about attributes it cannot read; nobody asked for those. */
function quietly(work: () => void): () => void {
  return () => {
    const { warn } = console;
    console.warn = () => {};
    try {
      work();
    } finally {
      console.warn = warn;
    }
  };
}

function trimmed(text: string): string {
  return text.replace(/(?<!\0)\0+$/, '');
}

function broken(why: string): Refusal {
  return new Refusal('broken-model', `The HDF5 file cannot be read: ${why}; copy or save the model again.`);
}
