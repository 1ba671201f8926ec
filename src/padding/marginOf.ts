import { balancedEstimate } from './balancedEstimate.ts';
import { normalQuantile } from './normalQuantile.ts';
import { positionsBy } from './positionsBy.ts';
import { interval, two } from './wording.ts';

/** Below this margin over chance a share of the margin means nothing. */
const LEAST_MARGIN = 0.05;

/** One-sided. */
const ERROR = 0.025;

/** How far a classifier is above chance. */
export interface Margin {
  /** Mean recall over the classes that occur. */
  readonly balancedAccuracy: number;
  /** Its 95 % interval. */
  readonly interval: readonly [number, number];
  /** 1 / how many classes occur. */
  readonly chance: number;
  /**
   * Whether it is hardly better than chance: by less than .05, not beyond the interval, or not beyond what answers by
   * chance reach (see `reach`); the interval alone is too narrow there for many classes of few instances each. Everything
   * that is said of a model's answers asks this one rule; generated answers by chance passed it in at most .033 of 4,000
   * draws each (2 to 20 classes of 1 to 100 instances, guesses even, by class frequency or at one rare class).
   */
  readonly hardly: boolean;
}

/**
 * @param correct [n] 1 where the answer is the label
 * @param labels [n]
 * @param looks of how many models, judged on the same series, this is the best: chance has as many tries (Bonferroni)
 */
export function marginOf(correct: ArrayLike<number>, labels: readonly number[], looks = 1): Margin {
  const { value, interval: range } = balancedEstimate(correct, labels);
  const chance = 1 / new Set(labels).size;
  const counts = [...positionsBy(labels).values()].map((group) => group.length);
  const hardly = !(
    value - chance >= Math.max(LEAST_MARGIN, reach(counts, chance, looks)) && range[0] > chance
  );
  return { balancedAccuracy: value, interval: range, chance, hardly };
}

/**
 * What the best of so many answers by chance reaches above it in one of 40 draws at most: the quantile (1.96 of one) of
 * the mean of recalls that are all `chance`, moved by its skewness (Cornish and Fisher 1938), which counts where a class
 * has one instance.
 */
function reach(counts: readonly number[], chance: number, looks: number): number {
  const spread = chance * (1 - chance);
  const variance = counts.reduce((sum, n) => sum + spread / n, 0);
  const third = counts.reduce((sum, n) => sum + (spread * (1 - 2 * chance)) / n ** 2, 0);
  const normal = normalQuantile(1 - ERROR / looks);
  const z = normal + ((normal ** 2 - 1) * third) / variance ** 1.5 / 6;
  return (z * Math.sqrt(variance)) / counts.length;
}

/**
 * Balanced accuracy, its interval and chance, in a clause.
 * @param n how many were judged, where that is to be said
 */
export function marginWords({ balancedAccuracy, interval: range, chance }: Margin, n?: number): string {
  const of = n === undefined ? '' : ` of ${n}`;
  return `balanced accuracy ${two(balancedAccuracy)} ${interval(range, two)}${of}, chance ${two(chance)}`;
}
