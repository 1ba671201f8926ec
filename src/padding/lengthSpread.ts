import { mean } from './estimate.ts';
import { positionsBy } from './positionsBy.ts';

/**
 * How far apart the lengths of the classes lie: Kolmogorov's distance between their distributions, mean over pairs of
 * classes. 0: length says nothing, 1: the classes share no length.
 */
export function lengthSpread(lengths: readonly number[], labels: readonly number[]): number {
  const groups = [...positionsBy(labels).values()].map((members) => members.map((i) => lengths[i]!));
  const distances = groups.flatMap((a, i) => groups.slice(0, i).map((b) => distance(a, b)));
  return distances.length === 0 ? 0 : mean(distances);
}

function distance(a: readonly number[], b: readonly number[]): number {
  const upTo = (values: readonly number[], at: number) =>
    values.filter((value) => value <= at).length / values.length;
  return Math.max(...[...new Set([...a, ...b])].map((at) => Math.abs(upTo(a, at) - upTo(b, at))));
}
