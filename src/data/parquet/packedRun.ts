import { PackedColumn } from '../packedColumn.ts';
import type { Stretch } from './columnChunk.ts';

/** Rows packed at once, and let go at once when they have been read. */
const ROWS = 2 ** 16;

/** Some values of a column in little room. */
export interface PackedRun {
  /** Row of the first in its group. */
  readonly from: number;
  readonly length: number;
  at(index: number): unknown;
}

/** A run in pieces: numbers in as few bytes as hold them, what comes again once. */
export function* packedRuns({ from, values }: Stretch): Generator<PackedRun> {
  for (let start = 0; start < values.length; start += ROWS) {
    const length = Math.min(ROWS, values.length - start);
    const part = (index: number) => values[start + index];
    const at = packedNumbers(part, length) ?? packedWords(part, length);
    yield { from: from + start, length, at };
  }
}

type At = (index: number) => unknown;

/** Undefined where there is anything but numbers and gaps; whole numbers of 64 bits that are no doubles are none. */
function packedNumbers(part: At, length: number): At | undefined {
  const numbers = new Float64Array(length);
  let gaps = false;
  let notNumbers = false;
  for (let index = 0; index < length; index++) {
    const value = part(index);
    if (value === null || value === undefined) {
      gaps = true;
      numbers[index] = Number.NaN;
      continue;
    }
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number') return undefined;
    if (typeof value === 'bigint' && !Number.isSafeInteger(number)) return undefined;
    notNumbers ||= Number.isNaN(number);
    numbers[index] = number;
  }
  // One sign cannot stand for both.
  if (gaps && notNumbers) return undefined;
  const packed = PackedColumn.of(numbers);
  if (!gaps) return (index) => packed.at(index);
  return (index) => {
    const number = packed.at(index);
    return Number.isNaN(number) ? null : number;
  };
}

function packedWords(part: At, length: number): At {
  const places = new Map<unknown, number>();
  const codes = new Uint16Array(length);
  for (let index = 0; index < length; index++) {
    const value = part(index);
    const known = places.get(value);
    codes[index] = known ?? places.size;
    if (known === undefined) places.set(value, places.size);
  }
  const words = [...places.keys()];
  return (index) => words[codes[index]!];
}
