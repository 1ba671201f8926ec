import type { Random } from '../random.ts';
import { sameTogether } from '../training/sameSeries.ts';

/**
 * Deals instances into folds, class by class, so that every fold has its share of each; identical series stay in one
 * fold, or a repair would be judged on what it has learnt from.
 * @param firsts [n] of the series, alike for identical ones (`firstOfSame`)
 * @returns [n] the fold of each, 0..count−1
 */
export function foldsOf(
  labels: readonly number[],
  firsts: readonly number[],
  count: number,
  random: Random,
): Int32Array {
  const folds = new Int32Array(labels.length).fill(-1);
  const sizes = new Int32Array(count);
  for (const cls of [...new Set(labels)].sort((a, b) => a - b)) {
    const members = labels.flatMap((label, i) => (label === cls && folds[i] === -1 ? [i] : []));
    const order = [...random.permutation(members.length)].map((k) => members[k]!);
    const ofClass = Int32Array.from({ length: count }, (_, fold) =>
      labels.reduce((sum, label, i) => sum + (label === cls && folds[i] === fold ? 1 : 0), 0),
    );
    const everyone = Array.from(labels.keys()).filter((i) => folds[i] === -1 && labels[i] !== cls);
    const groups = sameTogether(firsts, [...order, ...everyone])
      .filter((group) => group.some((i) => labels[i] === cls))
      .sort((a, b) => b.length - a.length);
    for (const group of groups) {
      let fold = 0;
      for (let k = 1; k < count; k++) {
        if ((ofClass[k]! - ofClass[fold]! || sizes[k]! - sizes[fold]!) < 0) fold = k;
      }
      for (const i of group) folds[i] = fold;
      sizes[fold]! += group.length;
      ofClass[fold]! += group.filter((i) => labels[i] === cls).length;
    }
  }
  return folds;
}

/** A few hundred instances leave a fifth out at a time; of more, a third is enough and a repair takes long. */
export function foldCount(instances: number): number {
  return instances < 300 ? 5 : 3;
}
