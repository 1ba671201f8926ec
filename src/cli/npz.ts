import { zipSync } from 'fflate';
import { elementCount, type Tensor } from '../graph/tensor.ts';

const descriptors = { float32: '<f4', float64: '<f8', int64: '<i8', int32: '<i4', uint8: '|u1' } as const;
export type NpyTensor = Tensor<keyof typeof descriptors>;

/** NumPy's .npz: a zip of .npy arrays, uncompressed like `numpy.savez`. */
export function npz(arrays: Readonly<Record<string, NpyTensor>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npy(array)] as const);
  return zipSync(Object.fromEntries(files), { level: 0 });
}

/** NumPy's .npy, version 1.0, C order. Typed arrays are little-endian on every platform Node runs on. */
function npy({ dtype, dims, data }: NpyTensor): Uint8Array {
  if (data.length !== elementCount(dims)) {
    throw new RangeError(`${data.length} values do not fill [${dims}]`);
  }
  const shape = `(${dims.map((dim) => `${dim},`).join(' ')})`;
  const text = `{'descr': '${descriptors[dtype]}', 'fortran_order': False, 'shape': ${shape}, }`;
  // Magic, version, length of the header; the header ends in a newline at a multiple of 64.
  const fixed = 10;
  const padded = Math.ceil((fixed + text.length + 1) / 64) * 64;
  const header = Buffer.alloc(padded, ' ');
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(padded - fixed, 8);
  header.write(text, fixed, 'latin1');
  header.write('\n', padded - 1, 'latin1');
  return Buffer.concat([header, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}
