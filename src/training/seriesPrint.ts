import type { TrainingSeries } from './series.ts';

/** Numbers of a print: real steps, root mean square of the values, weighted sums of them. */
export const PRINT = 8;
const SUMS = PRINT - 2;
/** Of the root mean square: how far prints of one series may lie apart, as rounding in its files leaves them. */
const TOLERANCE = 5e-5;

/**
 * What a series is known again by, wherever its padding stands: sums of its real steps with weights drawn alike for every
 * series of as many steps (a random projection), each by the root of the number of cells. What is no number counts as 0.
 * @returns [8] real steps, root mean square, six sums
 */
export function seriesPrint({ x, mask }: Pick<TrainingSeries, 'x' | 'mask'>): Float32Array {
  const steps = mask.length;
  const features = steps === 0 ? 0 : x.length / steps;
  const sums = new Float64Array(SUMS);
  let [length, squares] = [0, 0];
  for (let t = 0; t < steps; t++) {
    if (mask[t] !== 1) continue;
    for (let f = 0; f < features; f++) {
      const value = x[f * steps + t]!;
      if (!Number.isFinite(value)) continue;
      squares += value * value;
      let bits = Math.imul(f + 1, 0x9e3779b1) ^ Math.imul(length + 1, 0x85ebca6b);
      for (let k = 0; k < SUMS; k++) {
        bits = mixed(bits + 0x6d2b79f5);
        sums[k]! += value * (bits / 2 ** 31);
      }
    }
    length++;
  }
  const cells = Math.max(1, length * features);
  return Float32Array.from([
    length,
    Math.sqrt(squares / cells),
    ...sums.map((sum) => sum / Math.sqrt(cells)),
  ]);
}

/** A mixing of 32 bits that every bit takes part in. */
function mixed(bits: number): number {
  let h = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** Prints [n, 8] in which one is looked for. */
export class PrintBook {
  /** Positions by real steps, then by the first sum. */
  readonly #order: Int32Array;

  constructor(private readonly prints: Float32Array) {
    this.#order = Int32Array.from({ length: prints.length / PRINT }, (_, i) => i).sort((a, b) =>
      this.#compare(a, prints[b * PRINT]!, prints[b * PRINT + 2]!),
    );
  }

  static of(prints: readonly Float32Array[]): PrintBook {
    const all = new Float32Array(prints.length * PRINT);
    for (const [i, print] of prints.entries()) all.set(print, i * PRINT);
    return new PrintBook(all);
  }

  /** The first position whose series has the same real steps but for rounding; −1 where none has. */
  find(print: Float32Array): number {
    const margin = TOLERANCE * print[1]!;
    let first = -1;
    for (let at = this.#from(print[0]!, print[2]! - margin); at < this.#order.length; at++) {
      const i = this.#order[at]!;
      if (this.#compare(i, print[0]!, print[2]! + margin) > 0) break;
      if ((first === -1 || i < first) && this.#isSame(i, print, margin)) first = i;
    }
    return first;
  }

  #isSame(i: number, print: Float32Array, margin: number): boolean {
    for (let k = 1; k < PRINT; k++) {
      if (!(Math.abs(this.prints[i * PRINT + k]! - print[k]!) <= margin)) return false;
    }
    return true;
  }

  /** Where series of so many steps and such a first sum begin. */
  #from(length: number, sum: number): number {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(this.#order[middle]!, length, sum) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(i: number, length: number, sum: number): number {
    return this.prints[i * PRINT]! - length || this.prints[i * PRINT + 2]! - sum;
  }
}
