import type { Random } from '../random.ts';

/**
 * Deals instances into folds, class by class, so that every fold has its share of each.
 * @returns [n] the fold of each, 0..count−1
 */
export function foldsOf(labels: readonly number[], count: number, random: Random): Int32Array {
  const folds = new Int32Array(labels.length);
  let next = 0;
  for (const cls of [...new Set(labels)].sort((a, b) => a - b)) {
    const members = labels.flatMap((label, i) => (label === cls ? [i] : []));
    for (const k of random.permutation(members.length)) folds[members[k]!] = next++ % count;
  }
  return folds;
}

/** A few hundred instances leave a fifth out at a time; of more, a third is enough and a repair takes long. */
export function foldCount(instances: number): number {
  return instances < 300 ? 5 : 3;
}
