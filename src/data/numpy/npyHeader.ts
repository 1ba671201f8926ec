import { Refusal } from '../../refusal.ts';

/** What stands before the numbers of a .npy array. */
interface NpyHeader {
  /** E.g. `<f4`, `|b1`, `<U12`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly dims: readonly number[];
  /** Where the numbers begin. */
  readonly offset: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Bytes. */
export const LARGEST_HEADER = 1 << 20;

/** By its first bytes. */
export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/**
 * Format versions 1 to 3 of numpy's NEP 1.
 * @param name how a refusal calls the array
 * @throws Refusal `npy-header`, `npy-version`, `npy-truncated`, `npy-dtype`
 */
export function readNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  if (!isNpy(bytes)) {
    throw new Refusal(
      'npy-header',
      `${name} does not begin like a .npy array; save it with numpy.save or savez.`,
    );
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) {
    throw new Refusal(
      'npy-version',
      `${name} has .npy format version ${version}; versions 1 to 3 are known.`,
    );
  }
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) {
    throw new Refusal('npy-truncated', `${name} ends within its header: the file is truncated.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LARGEST_HEADER || start + length > bytes.length) {
    throw new Refusal('npy-truncated', `${name} ends within its header: the file is truncated or corrupt.`);
  }
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(start, start + length),
  );
  return { ...parseHeader(text, name), offset: start + length };
}

/** The header is a Python literal such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`. */
function parseHeader(text: string, name: string): Omit<NpyHeader, 'offset'> {
  if (/'descr'\s*:\s*\[/.test(text)) {
    throw new Refusal('npy-dtype', `${name} is a structured array; save plain numbers, one array per field.`);
  }
  const descr = /'descr'\s*:\s*'([^']{2,16})'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    throw new Refusal(
      'npy-header',
      `${name} has a .npy header that cannot be read; save it with numpy.save or savez.`,
    );
  }
  const dims = shape
    .split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter((part) => part !== '')
    .map(Number);
  if (dims.some((dim) => !Number.isSafeInteger(dim))) {
    throw new Refusal('npy-header', `${name} claims the shape (${shape}), which no array can have.`);
  }
  return { descr, fortranOrder: order === 'True', dims };
}
