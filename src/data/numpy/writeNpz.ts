import { strToU8, zipSync } from 'fflate';
import type { DataType, Tensor } from '../../graph/tensor.ts';

const descrs: Readonly<Record<DataType, string>> = {
  float32: '<f4',
  float64: '<f8',
  int8: '|i1',
  int16: '<i2',
  int32: '<i4',
  int64: '<i8',
  uint8: '|u1',
  uint16: '<u2',
  uint32: '<u4',
  uint64: '<u8',
  bool: '|b1',
};

/** Arrays as numpy.savez_compressed would write them; a list of texts becomes a 1-D array of dtype U. */
export function writeNpz(arrays: Readonly<Record<string, Tensor | readonly string[]>>): Uint8Array {
  const entries = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)] as const);
  // A fixed date: the same numbers give the same bytes.
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: new Date(1980, 0, 1) });
}

/** One array in .npy format version 1 (little-endian, row-major). */
export function writeNpy(array: Tensor | readonly string[]): Uint8Array {
  if (isTexts(array)) {
    const width = array.reduce((most, text) => Math.max(most, [...text].length), 1);
    return assemble(`<U${width}`, [array.length], encodeTexts(array, width));
  }
  const { data } = array;
  const body = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return assemble(descrs[array.dtype], array.dims, body);
}

function isTexts(array: Tensor | readonly string[]): array is readonly string[] {
  return Array.isArray(array);
}

function encodeTexts(texts: readonly string[], width: number): Uint8Array {
  const codes = new Uint32Array(texts.length * width);
  texts.forEach((text, row) => {
    codes.set(
      Array.from(text, (character) => character.codePointAt(0)!),
      row * width,
    );
  });
  return new Uint8Array(codes.buffer);
}

function assemble(descr: string, dims: readonly number[], body: Uint8Array): Uint8Array {
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`;
  const literal = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  // Magic, version and length take 10 bytes; the whole is padded to a multiple of 64 and ends in a newline.
  const header = `${literal.padEnd(Math.ceil((literal.length + 11) / 64) * 64 - 11)}\n`;
  const start = Uint8Array.of(
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    header.length & 0xff,
    header.length >> 8,
  );
  const result = new Uint8Array(start.length + header.length + body.length);
  result.set(start);
  result.set(strToU8(header), start.length);
  result.set(body, start.length + header.length);
  return result;
}
