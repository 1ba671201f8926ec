import { ARCHITECTURES, type ArchitectureName, newNetwork } from '../../architectures/architectures.ts';
import type { NetworkSize } from '../../architectures/network.ts';
import { Refusal } from '../../refusal.ts';

/** 134 MB of float32; gradient, Adam's two means and the best ones so far take as much each. */
const MOST_WEIGHTS = 2 ** 25;

/**
 * Before a network is made: weights grow with the square of its filters, so that those of three small ones tell.
 * @throws Refusal `too-many-weights`
 */
export function mustFit(architecture: ArchitectureName, size: NetworkSize, filters: number): void {
  const [a, b, c] = [8, 16, 24].map((few) => weightsOf(architecture, size, few)) as [number, number, number];
  const at = (filters - 8) / 8;
  const weights = a + at * (b - a) + ((at * (at - 1)) / 2) * (c - 2 * b + a);
  if (weights <= MOST_WEIGHTS) return;
  throw new Refusal(
    'too-many-weights',
    `${ARCHITECTURES[architecture].title} of ${filters} filters has about ${millions(weights)} million weights for these series, more than the ${millions(MOST_WEIGHTS)} million that are trained here; name fewer --filters.`,
  );
}

function millions(weights: number): string {
  return (weights / 1e6).toFixed(0);
}

function weightsOf(architecture: ArchitectureName, size: NetworkSize, filters: number): number {
  let count = 0;
  for (const { data } of newNetwork(architecture, size, 1, filters).constants.values()) count += data.length;
  return count;
}
