import type { Random } from '../random.ts';
import { sameTogether } from './sameSeries.ts';
import type { TrainingSeries } from './series.ts';

/**
 * Sets a share of every class aside, at random; identical series stay on one side.
 * @param share of each class, rounded; a class keeps one series for training at the least
 * @param firsts [n] of the series, alike for identical ones (`firstOfSame`)
 */
export function holdOut(
  series: readonly TrainingSeries[],
  share: number,
  random: Random,
  firsts: readonly number[],
): { readonly train: readonly TrainingSeries[]; readonly held: readonly TrainingSeries[] } {
  const wanted = new Map<number, number>();
  for (const { label } of series) wanted.set(label, (wanted.get(label) ?? 0) + 1);
  for (const [label, n] of wanted) wanted.set(label, Math.min(n - 1, Math.round(share * n)));
  const held = new Set<TrainingSeries>();
  for (const group of sameTogether(firsts, random.permutation(series.length))) {
    const left = new Map(wanted);
    for (const i of group) left.set(series[i]!.label, left.get(series[i]!.label)! - 1);
    if ([...left.values()].some((n) => n < 0)) continue;
    for (const [label, n] of left) wanted.set(label, n);
    for (const i of group) held.add(series[i]!);
  }
  return { train: series.filter((one) => !held.has(one)), held: [...held] };
}
