import type { Instance } from '../data/dataset.ts';
import { areAlike } from './constantRun.ts';

/** Steps beside each other that differ before a single one that does not can be told from a sensor's. */
const FEWEST_APART = 100;
/** Series that end in a step like the one before it. */
const FEWEST_SERIES = 3;

/**
 * Whether several series end in a step that repeats the one before it in every feature, while no two steps on the way are
 * alike: even one such step is the last real value put on again.
 * @param features how many each instance has
 */
export function isRepeatedAtEndOnly(
  instances: readonly Instance[],
  features: number,
  end: 'trailing' | 'leading',
): boolean {
  let [apart, series] = [0, 0];
  for (const { values, length } of instances) {
    const same = (step: number): boolean => areAlike(values, features, length, step, step - 1);
    let [first, last] = [1, length - 1];
    while (first < length && same(first)) first++;
    while (last >= first && same(last)) last--;
    if (end === 'trailing' ? last < length - 1 : first > 1) series++;
    for (let step = first; step <= last; step++) if (same(step)) return false;
    apart += Math.max(0, last + 1 - first);
  }
  return series >= FEWEST_SERIES && apart >= FEWEST_APART;
}
