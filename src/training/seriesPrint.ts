import { BoxTree } from './boxTree.ts';
import type { TrainingSeries } from './series.ts';

/** Numbers of a print: real steps, size of the values, what rounding may do, two sums of means, two of deviations, six of the course. */
export const PRINT = 13;
const [LENGTH, SIZE, ROUNDING, MEANS, DEVIATIONS, COURSE] = [0, 1, 2, 3, 5, 7] as const;
/** Of the size of the values, and of a feature's deviation (four decimals of standardised values): how far prints of one series may lie apart. */
const [TOLERANCE, OF_COURSE] = [5e-5, 2.5e-4];
/** Of a value: what six digits in a file round away, as long as that is less than a hundredth of a deviation, and float32. */
const [SIX_DIGITS, HUNDREDTH, EPSILON] = [3e-6, 0.01, 2 ** -23];
/** Of a mean: below this a deviation is what rounding left of a constant. */
const FLAT = 1e-6;

/**
 * What a series is known again by, wherever its padding stands: sums of its real steps, standardised feature by feature
 * so that a large constant hides no course, of the features' means and of the logarithms of their deviations, with weights drawn alike for every series of as
 * many steps (a random projection), by the root of how many are summed. What is no number counts as the mean.
 * @returns [13] real steps, root mean square, share of a deviation that rounding may move, two sums of means, two of
 * deviations, six of the course
 */
export function seriesPrint({ x, mask }: Pick<TrainingSeries, 'x' | 'mask'>): Float32Array {
  const steps = mask.length;
  const features = steps === 0 ? 0 : x.length / steps;
  const real = mask.reduce((count, one) => count + Number(one === 1), 0);
  const print = new Float64Array(PRINT);
  const root = Math.sqrt(Math.max(1, real * features));
  let [squares, rounding] = [0, 0];
  const courses = Array.from({ length: features }, (_, f) => x.subarray(f * steps, (f + 1) * steps));
  const moments = courses.map((course) => momentsOf(course, mask));
  const usual = Math.hypot(...moments.map(({ deviation }) => deviation)) / Math.sqrt(features || 1);
  for (const [f, course] of courses.entries()) {
    const { mean, deviation } = moments[f]!;
    squares += (mean ** 2 + deviation ** 2) / features;
    const scale = Math.hypot(deviation, FLAT * mean) || 1;
    const ratio = Math.abs(mean) / scale;
    rounding += Math.max(Math.min(SIX_DIGITS * ratio, HUNDREDTH), EPSILON * ratio) ** 2 / features;
    addWeighed(print, { from: MEANS, to: DEVIATIONS }, mean / Math.sqrt(features), f);
    const size = Math.log(Math.hypot(deviation, FLAT * mean, FLAT * usual) || 1);
    addWeighed(print, { from: DEVIATIONS, to: COURSE }, size / Math.sqrt(features), f);
    for (let t = 0, at = 0; t < steps; t++) {
      if (mask[t] !== 1) continue;
      const value = course[t]!;
      const place = Math.imul(f + 1, 0x9e3779b1) ^ Math.imul(++at, 0x85ebca6b);
      if (Number.isFinite(value)) {
        addWeighed(print, { from: COURSE, to: PRINT }, (value - mean) / scale / root, place);
      }
    }
  }
  print[LENGTH] = real;
  print[SIZE] = Math.sqrt(squares);
  print[ROUNDING] = Math.sqrt(rounding);
  return Float32Array.from(print);
}

function momentsOf(course: Float32Array, mask: ArrayLike<number>): { mean: number; deviation: number } {
  let [count, sum] = [0, 0];
  for (let t = 0; t < course.length; t++) {
    if (mask[t] !== 1 || !Number.isFinite(course[t])) continue;
    sum += course[t]!;
    count++;
  }
  const mean = sum / Math.max(1, count);
  let squares = 0;
  for (let t = 0; t < course.length; t++) {
    if (mask[t] === 1 && Number.isFinite(course[t])) squares += (course[t]! - mean) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / Math.max(1, count)) };
}

/** Adds a value, by the weights of its place, to some numbers of a print. */
function addWeighed(
  print: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
  value: number,
  place: number,
): void {
  let bits = place;
  for (let k = from; k < to; k++) {
    bits = mixed(bits + 0x6d2b79f5);
    print[k]! += value * (bits / 2 ** 31);
  }
}

/** A mixing of 32 bits that every bit takes part in. */
function mixed(bits: number): number {
  let h = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** Prints [n, 13] in which one is looked for. */
export class PrintBook {
  readonly #tree: BoxTree;
  /** As many real steps, whatever rounding moves, and the rest by what is looked for. */
  readonly #margins = new Float64Array(PRINT);

  constructor(prints: Float32Array) {
    const points = prints.slice();
    // The rounding that counts is that of what is looked for.
    this.#margins[ROUNDING] = Number.POSITIVE_INFINITY;
    for (let at = ROUNDING; at < points.length; at += PRINT) points[at] = 0;
    this.#tree = new BoxTree(points, PRINT);
  }

  static of(prints: readonly Float32Array[]): PrintBook {
    const all = new Float32Array(prints.length * PRINT);
    for (const [i, print] of prints.entries()) all.set(print, i * PRINT);
    return new PrintBook(all);
  }

  /** The first position whose series has the same real steps but for rounding; −1 where none has. */
  find(print: Float32Array): number {
    const [size, course] = [TOLERANCE * print[SIZE]!, OF_COURSE + print[ROUNDING]!];
    const margins = this.#margins;
    margins[SIZE] = size;
    for (let k = MEANS; k < DEVIATIONS; k++) margins[k] = size;
    for (let k = DEVIATIONS; k < PRINT; k++) margins[k] = course;
    return this.#tree.first(print, margins);
  }
}
