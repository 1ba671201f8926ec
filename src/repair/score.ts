import type { Random } from '../random.ts';
import { longHalf } from './longHalf.ts';
import type { Judged } from './standing.ts';

const REPEATS = 1000;

/** What a score rests on, beside the answers. */
interface Scored {
  readonly labels: readonly number[];
  /** Real steps of each. */
  readonly lengths: readonly number[];
}

/**
 * [n] weights that sum to 1 and make the accuracy the mean over class × short or long half, so that the shortcut, which
 * is right in the well-filled cells, is worth no more than its opposite. Halves part at the median length (`longHalf`).
 */
export function cellWeights({ labels, lengths }: Scored): Float64Array {
  const isLong = longHalf(lengths);
  const cells = labels.map((label, i) => 2 * label + Number(isLong(lengths[i]!)));
  const sizes = new Map<number, number>();
  for (const cell of cells) sizes.set(cell, (sizes.get(cell) ?? 0) + 1);
  return Float64Array.from(cells, (cell) => 1 / (sizes.size * sizes.get(cell)!));
}

/**
 * Each instance's part of the score: n · weight · right + right at other lengths; their mean is the score.
 * @param weights [instances]
 */
export function parts({ correct, crossed }: Pick<Judged, 'correct' | 'crossed'>, weights: Float64Array) {
  const n = weights.length;
  return Float64Array.from(weights, (weight, i) => n * weight * correct[i]! + crossed[i]!);
}

/** What `parts` add up to where an instance of a cell of usual size is right throughout. */
export const MOST_IN_A_PART = 2;

/**
 * How much the best of several looks better than it is because it was picked on the same instances: in bootstrap samples
 * the best is picked, and judged on those left out (bootstrap bias-corrected cross-validation, Tsamardinos et al. 2018).
 * @param all parts of every candidate
 * @param all per candidate [instances]
 */
export function selectionOptimism(all: readonly Float64Array[], random: Random): number {
  if (all.length < 2) return 0;
  const n = all[0]!.length;
  let [sum, count] = [0, 0];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const times = new Int32Array(n);
    for (let i = 0; i < n; i++) times[random.integer(n)]!++;
    const means = all.map((values) => [over(values, times, true), over(values, times, false)] as const);
    const best = means.reduce((a, b) => (b[0] > a[0] ? b : a));
    if (!Number.isFinite(best[1])) continue;
    sum += best[0] - best[1];
    count++;
  }
  return count === 0 ? 0 : Math.max(0, sum / count);
}

function over(values: Float64Array, times: Int32Array, drawn: boolean): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = drawn ? times[i]! : times[i] === 0 ? 1 : 0;
    sum += weight * values[i]!;
    count += weight;
  }
  return sum / count;
}

/** Below, nothing is said of it. */
const TOLD_FROM = 0.005;

/** One sentence on what `selectionOptimism` comes to, where it is worth one. */
export function flattered(optimism: number): string[] {
  return optimism > TOLD_FROM
    ? [
        `The score of the chosen repair is flattered by about ${optimism.toFixed(2)}, because it was chosen on the same instances.`,
      ]
    : [];
}
