import { fromFloat16 } from '../../graph/halfPrecision.ts';
import type { DataType, Tensor, TensorData } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { pythonLine } from '../pythonLine.ts';
import { readNpyHeader } from './npyHeader.ts';

/** An array of numbers, or of text (numpy's U and S types). Row-major, whatever the order in the file. */
export type NpyArray = Tensor | TextArray;

interface TextArray {
  readonly dtype: 'text';
  readonly dims: readonly number[];
  readonly data: readonly string[];
}

type NumberArray = new (buffer: ArrayBuffer, byteOffset: number, length: number) => TensorData;

const numberTypes: Readonly<Record<string, readonly [DataType, NumberArray]>> = {
  f4: ['float32', Float32Array],
  f8: ['float64', Float64Array],
  i1: ['int8', Int8Array],
  i2: ['int16', Int16Array],
  i4: ['int32', Int32Array],
  i8: ['int64', BigInt64Array],
  u1: ['uint8', Uint8Array],
  u2: ['uint16', Uint16Array],
  u4: ['uint32', Uint32Array],
  u8: ['uint64', BigUint64Array],
  b1: ['bool', Uint8Array],
};

const longestText = 4096;

/** How the numbers or texts of an array stand in its bytes. */
interface Item {
  readonly dtype: DataType | 'text';
  readonly itemBytes: number;
  /** The bytes may be turned in place, and are what the numbers stand in afterwards. */
  readonly decode: (body: Uint8Array<ArrayBuffer>) => TensorData | string[];
  readonly mustCopy: boolean;
}

/** @param descr e.g. `<f4` @throws Refusal `npy-dtype` */
export function itemOf(descr: string, name: string): Item {
  const [, endian, kind, size] = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  if (kind === 'O') {
    throw new Refusal(
      'npy-dtype',
      `${name} holds Python objects (pickled), which are never loaded; convert it once with: ${convertObjects(name)}`,
    );
  }
  const half = `${kind}${size}` === 'f2';
  const known = numberTypes[half ? 'u2' : `${kind}${size}`];
  const text = (kind === 'U' || kind === 'S') && Number(size) > 0 && Number(size) <= longestText;
  if (!known && !text) {
    throw new Refusal(
      'npy-dtype',
      `${name} has dtype ${descr}; save it as float32 or float64 (float16, whole numbers and bool are fine too).`,
    );
  }
  const itemBytes = kind === 'U' ? 4 * Number(size) : Number(size);
  const dtype = half ? 'float64' : known ? known[0] : 'text';
  const decode = (body: Uint8Array<ArrayBuffer>) => {
    if (endian === '>') swapBytes(body, kind === 'U' ? 4 : itemBytes);
    if (!known) return decodeTexts(body, itemBytes, kind === 'U');
    const bits = new known[1](body.buffer, body.byteOffset, body.length / itemBytes);
    return half ? Float64Array.from(bits as Uint16Array, fromFloat16) : bits;
  };
  return { dtype, itemBytes, decode, mustCopy: endian === '>' || text };
}

/**
 * One .npy array.
 * @param name how a refusal calls it, e.g. `data.npz: array "x"`
 * @throws Refusal `npy-dtype`, `npy-truncated` and those of the header
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const { descr, fortranOrder, dims, offset } = readNpyHeader(bytes, name);
  const { dtype, itemBytes, decode, mustCopy } = itemOf(descr, name);
  const data = decode(bodyOf(bytes, offset, dims, itemBytes, name, mustCopy));
  if (dtype === 'text') {
    const texts = data as string[];
    return { dtype, dims, data: fortranOrder ? rowMajorOf(texts, dims) : texts };
  }
  const values = data as TensorData;
  return { dtype, dims, data: fortranOrder ? rowMajor(values, dims) : values };
}

/** @throws Refusal `npy-truncated` where shape and bytes do not belong together */
export function mustFill(dims: readonly number[], itemBytes: number, there: number, name: string): void {
  const needed = dims.reduce((product, dim) => product * dim, itemBytes);
  if (needed === there) return;
  const what = needed > there ? 'the file is truncated or its header is wrong' : 'there is more behind it';
  throw new Refusal(
    'npy-truncated',
    `${name} of shape (${dims.join(', ')}) needs ${needed.toLocaleString('en-US')} bytes and has ${there.toLocaleString('en-US')}: ${what}.`,
  );
}

/**
 * The numbers' bytes, checked against the shape before anything is allocated; where they lie, unless that is between
 * the places of such numbers.
 */
function bodyOf(
  bytes: Uint8Array,
  offset: number,
  dims: readonly number[],
  itemBytes: number,
  name: string,
  mustCopy: boolean,
): Uint8Array<ArrayBuffer> {
  mustFill(dims, itemBytes, bytes.length - offset, name);
  const body = bytes.subarray(offset) as Uint8Array<ArrayBuffer>;
  return mustCopy || body.byteOffset % itemBytes !== 0 ? body.slice() : body;
}

function swapBytes(body: Uint8Array, width: number): void {
  for (let at = 0; width > 1 && at < body.length; at += width) {
    body.subarray(at, at + width).reverse();
  }
}

function decodeTexts(body: Uint8Array<ArrayBuffer>, itemBytes: number, wide: boolean): string[] {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const width = wide ? 4 : 1;
  return Array.from({ length: body.length / itemBytes }, (_, item) => {
    let text = '';
    for (let at = item * itemBytes; at < (item + 1) * itemBytes; at += width) {
      const code = wide ? view.getUint32(at, true) : view.getUint8(at);
      if (code === 0) {
        break;
      }
      text += String.fromCodePoint(code > 0x10ffff ? 0xfffd : code);
    }
    return text;
  });
}

function rowMajor(data: TensorData, dims: readonly number[]): TensorData {
  const result = data.slice();
  permute(dims, (to, from) => {
    result[to] = data[from]!;
  });
  return result;
}

function rowMajorOf(data: readonly string[], dims: readonly number[]): string[] {
  const result = [...data];
  permute(dims, (to, from) => {
    result[to] = data[from]!;
  });
  return result;
}

/** Calls back with (row-major position, column-major position) of every element. */
function permute(dims: readonly number[], place: (to: number, from: number) => void): void {
  const strides = dims.map((_, axis) => dims.slice(0, axis).reduce((product, dim) => product * dim, 1));
  const index = dims.map(() => 0);
  const total = dims.reduce((product, dim) => product * dim, 1);
  let from = 0;
  for (let to = 0; to < total; to++) {
    place(to, from);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < dims[axis]!) {
        break;
      }
      from -= strides[axis]! * dims[axis]!;
      index[axis] = 0;
    }
  }
}

/** Pads series of unequal length to one array with their lengths. A name that a shell would read is not repeated. */
function convertObjects(name: string): string {
  const [, file, key] = /^([\w.-]+)(?:: array "(\w+)")?$/.exec(name) ?? ['', 'FILE'];
  const load = `np.load('${file}', allow_pickle=True)`;
  if (key !== undefined && /^(y|lab|class|target|ids?$|instance|feature)/i.test(key)) {
    const words = `d = dict(${load}); d['${key}'] = d['${key}'].astype(str); np.savez('plain.npz', **d)`;
    return `${pythonLine(`import numpy as np; ${words}`)} (only for files you trust).`;
  }
  // Steps come first: in [features, steps] the second axis is the one that differs.
  const turned = 't = t if len({s.shape[1:] for s in t}) == 1 else [s.T for s in t]; n = max(map(len, t))';
  const padded = '[np.pad(s, [(0, n - len(s))] + [(0, 0)] * (s.ndim - 1)) for s in t]';
  const from =
    key === undefined ? `a = ${load}` : `d = dict(${load}); d.pop('lengths', 0); a = d.pop('${key}')`;
  const saved = `${key ?? 'x'}=${padded}, lengths=[len(s) for s in t]${key === undefined ? '' : ', **d'}`;
  const line = pythonLine(
    `import numpy as np; ${from}; t = [np.asarray(s, float) for s in a]; ${turned}; np.savez('padded.npz', ${saved})`,
  );
  return `${line} (only for files you trust).`;
}
