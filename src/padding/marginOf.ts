import { balancedEffect, covariance } from './crossedEffect.ts';

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
