import type { Random } from '../random.ts';
import type { Estimate } from './audit.ts';
import { balancedAccuracy } from './balancedAccuracy.ts';
import { percentileInterval } from './estimate.ts';
import { positionsBy } from './positionsBy.ts';

const REPEATS = 1000;

interface ContentSwap {
  /** [n] class index per instance. */
  readonly labels: readonly number[];
  /** [n] 1 where the untouched instance is answered rightly. */
  readonly correct: Uint8Array;
  /** Positions of the donors among the instances. */
  readonly donors: readonly number[];
  /** [n, donors] 1 right, 0 wrong, 255 not asked. */
  readonly swapped: Uint8Array;
}

/**
 * LEI and the balanced accuracy under swapped content, with 95 % intervals that cover the luck of the instances AND of
 * the donors: both are resampled, within their classes, and a cell counts the product of the two weights (pigeonhole
 * bootstrap, Owen 2007).
 */
export function leiEstimates(swap: ContentSwap, random: Random): { lei: Estimate; contentSwapped: Estimate } {
  const n = swap.labels.length;
  const donorLabels = Int32Array.from(swap.donors, (i) => swap.labels[i]!);
  const chance = 1 / new Set(swap.labels).size;
  const even = (count: number) => new Float64Array(count).fill(1);
  const point = figures(swap, donorLabels, chance, even(n), even(swap.donors.length));
  const draws = Array.from({ length: REPEATS }, () =>
    figures(swap, donorLabels, chance, resampled(swap.labels, random), resampled([...donorLabels], random)),
  );
  const interval = (of: (draw: Figures) => number) => {
    let next = 0;
    return percentileInterval(REPEATS, () => of(draws[next++]!));
  };
  return {
    lei: { value: point.lei, interval: interval((draw) => draw.lei), n },
    contentSwapped: { value: point.swapped, interval: interval((draw) => draw.swapped), n },
  };
}

interface Figures {
  readonly swapped: number;
  readonly lei: number;
}

function figures(
  { labels, correct, swapped }: ContentSwap,
  donorLabels: Int32Array,
  chance: number,
  weights: Float64Array,
  donorWeights: Float64Array,
): Figures {
  const scores = classMeans(swapped, donorLabels, donorWeights);
  const after = balancedAccuracy(scores, labels, weights);
  const before = balancedAccuracy(correct, labels, weights);
  return { swapped: after, lei: (after - chance) / (before - chance) };
}

/**
 * Per instance the mean over donor classes of the share of right answers: every class of content counts the same.
 * Plain arrays, because the bootstrap comes here a thousand times.
 */
function classMeans(swapped: Uint8Array, donorClasses: Int32Array, weights: Float64Array): Float64Array {
  const donors = donorClasses.length;
  const classes = Math.max(...donorClasses) + 1;
  const means = new Float64Array(swapped.length / donors);
  const right = new Float64Array(classes);
  const all = new Float64Array(classes);
  for (let i = 0; i < means.length; i++) {
    right.fill(0);
    all.fill(0);
    for (let d = 0; d < donors; d++) {
      const answer = swapped[i * donors + d]!;
      if (answer === 255) continue;
      const cls = donorClasses[d]!;
      all[cls]! += weights[d]!;
      right[cls]! += weights[d]! * answer;
    }
    let [sum, met] = [0, 0];
    for (let cls = 0; cls < classes; cls++) {
      if (all[cls] === 0) continue;
      sum += right[cls]! / all[cls]!;
      met++;
    }
    means[i] = sum / met;
  }
  return means;
}

/** [n] how often each is drawn when every class is redrawn with replacement at its own size. */
function resampled(labels: readonly number[], random: Random): Float64Array {
  const weights = new Float64Array(labels.length);
  for (const group of positionsBy(labels).values()) {
    for (let k = 0; k < group.length; k++) weights[group[random.integer(group.length)]!]!++;
  }
  return weights;
}
