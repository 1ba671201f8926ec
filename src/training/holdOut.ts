import type { Random } from '../random.ts';
import type { TrainingSeries } from './series.ts';

/**
 * Sets a share of every class aside, at random.
 * @param share of each class, rounded; a class keeps one series for training at the least
 */
export function holdOut(
  series: readonly TrainingSeries[],
  share: number,
  random: Random,
): { readonly train: readonly TrainingSeries[]; readonly held: readonly TrainingSeries[] } {
  const order = [...random.permutation(series.length)].map((i) => series[i]!);
  const wanted = new Map<number, number>();
  for (const { label } of series) wanted.set(label, (wanted.get(label) ?? 0) + 1);
  for (const [label, n] of wanted) wanted.set(label, Math.min(n - 1, Math.round(share * n)));
  const held = new Set<TrainingSeries>();
  for (const one of order) {
    const left = wanted.get(one.label)!;
    if (left === 0) continue;
    wanted.set(one.label, left - 1);
    held.add(one);
  }
  return { train: series.filter((one) => !held.has(one)), held: [...held] };
}
