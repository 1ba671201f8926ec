import { balancedEffect, covariance } from './crossedEffect.ts';
import { interval, two } from './wording.ts';

/** Below this margin over chance a share of the margin means nothing. */
export const LEAST_MARGIN = 0.05;
const TWO_SIDED_95 = 1.959964;

/** How far a classifier is above chance. */
export interface Margin {
  /** Mean recall over the classes that occur. */
  readonly balancedAccuracy: number;
  /** Its 95 % interval (jackknife within classes). */
  readonly interval: readonly [number, number];
  /** 1 / how many classes occur. */
  readonly chance: number;
  /**
   * Whether it is hardly better than chance: by less than .05, or not beyond the interval, where no length evidence is
   * given either.
   */
  readonly hardly: boolean;
}

/**
 * @param correct [n] 1 where the answer is the label
 * @param labels [n]
 */
export function marginOf(correct: ArrayLike<number>, labels: readonly number[]): Margin {
  const effect = balancedEffect(correct, labels);
  const chance = 1 / new Set(labels).size;
  const half = TWO_SIDED_95 * Math.sqrt(covariance(effect, effect));
  const hardly = !(effect.value - chance >= LEAST_MARGIN && effect.value - half > chance);
  return {
    balancedAccuracy: effect.value,
    interval: [Math.max(0, effect.value - half), Math.min(1, effect.value + half)],
    chance,
    hardly,
  };
}

/**
 * Balanced accuracy, its interval and chance, in a clause. Where every class is right always or never, the jackknife has
 * nothing to vary, and an interval of no width would be taken for certainty.
 * @param n how many were judged, where that is to be said
 */
export function marginWords({ balancedAccuracy, interval: range, chance }: Margin, n?: number): string {
  const of = n === undefined ? '' : ` of ${n}`;
  const figure = `balanced accuracy ${two(balancedAccuracy)}`;
  if (range[1] > range[0]) return `${figure} ${interval(range, two)}${of}, chance ${two(chance)}`;
  return `${figure}${of}, which no interval can be given of: each class is answered rightly always or never, as where one answer is given to everything; chance ${two(chance)}`;
}
