import { balancedEstimate } from './balancedEstimate.ts';
import { positionsBy } from './positionsBy.ts';
import { interval, two } from './wording.ts';

/** Below this margin over chance a share of the margin means nothing. */
export const LEAST_MARGIN = 0.05;

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
   * chance reach: 1.96 deviations of the mean of recalls that are all 1 / C (the interval alone is too narrow there for
   * many classes of few instances each).
   */
  readonly hardly: boolean;
}

/**
 * @param correct [n] 1 where the answer is the label
 * @param labels [n]
 */
export function marginOf(correct: ArrayLike<number>, labels: readonly number[]): Margin {
  const { value, interval: range } = balancedEstimate(correct, labels);
  const chance = 1 / new Set(labels).size;
  const counts = [...positionsBy(labels).values()].map((group) => group.length);
  const byChance =
    (1.96 * Math.sqrt(counts.reduce((sum, n) => sum + (chance * (1 - chance)) / n, 0))) / counts.length;
  const hardly = !(value - chance >= Math.max(LEAST_MARGIN, byChance) && range[0] > chance);
  return { balancedAccuracy: value, interval: range, chance, hardly };
}

/**
 * Balanced accuracy, its interval and chance, in a clause.
 * @param n how many were judged, where that is to be said
 */
export function marginWords({ balancedAccuracy, interval: range, chance }: Margin, n?: number): string {
  const of = n === undefined ? '' : ` of ${n}`;
  return `balanced accuracy ${two(balancedAccuracy)} ${interval(range, two)}${of}, chance ${two(chance)}`;
}
