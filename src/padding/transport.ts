import { type Contrast, covariance, crossedEffect, type Effect } from './crossedEffect.ts';
import type { SwapTable } from './swapTable.ts';
import { type SwapDirection, WAYS, type Way, type WayTrust } from './ways.ts';

const DIRECTIONS = ['shorter', 'longer'] as const;

/** A placebo deficit under this is as good as none. */
const NEGLIGIBLE = 0.02;

/** The ways of each direction, mixed by how well their placebos stand: weight ∝ 1 / (deficit² + .02²). */
export function trustIn(
  table: SwapTable,
  labels: readonly number[],
  correct: ArrayLike<number>,
): readonly WayTrust[] {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return DIRECTIONS.flatMap((direction) => {
    const deficits = WAYS[direction].map((way) => deficit(table, direction, way, labels, correct, sizes));
    const raw = deficits.map((value) => 1 / (value * value + NEGLIGIBLE * NEGLIGIBLE));
    const all = raw.reduce((sum, value) => sum + value, 0);
    return WAYS[direction].map((way, k) => ({
      way,
      direction,
      deficit: deficits[k]!,
      weight: raw[k]! / all,
    }));
  });
}

/** Every class counts the same. */
function deficit(
  table: SwapTable,
  direction: SwapDirection,
  way: Way,
  labels: readonly number[],
  correct: ArrayLike<number>,
  sizes: ReadonlyMap<number, number>,
): number {
  let [sum, all] = [0, 0];
  for (let at = 0; at < table.size; at++) {
    const [frame, content] = [table.frames[at]!, table.contents[at]!];
    const label = labels[frame]!;
    if (labels[content] !== label || table.direction(at) !== direction) continue;
    const weight = 1 / sizes.get(label)!;
    sum += weight * (table.share(at, way, label) - correct[frame]!);
    all += weight;
  }
  return all === 0 ? 0 : sum / all;
}

/** [pairs] share of answers `classOf(pair)`, over the ways as they are trusted. */
export function mixed(
  table: SwapTable,
  trust: readonly WayTrust[],
  classOf: (at: number) => number,
): Float64Array {
  const shares = new Float64Array(table.size);
  for (let at = 0; at < shares.length; at++) {
    const direction = table.direction(at);
    const cls = classOf(at);
    if (direction === 'same') {
      shares[at] = table.share(at, 'stretch', cls);
      continue;
    }
    for (const one of trust) {
      if (one.direction === direction) shares[at]! += one.weight * table.share(at, one.way, cls);
    }
  }
  return shares;
}

/**
 * Variance between the ways beyond their noise (DerSimonian and Laird 1986): what the figure would be if each way were
 * gone alone, weighted as they are trusted, summed over both directions.
 * @param mix [pairs] as `mixed` gives it
 */
export function betweenWays(
  table: SwapTable,
  trust: readonly WayTrust[],
  classOf: (at: number) => number,
  mix: Float64Array,
  contrast: Contrast,
): number {
  let variance = 0;
  for (const direction of DIRECTIONS) {
    const ways = trust.filter((one) => one.direction === direction);
    const apart = ways.map(({ way, weight }): [number, Effect] => {
      const change = mix.map((value, at) =>
        table.direction(at) === direction ? table.share(at, way, classOf(at)) - value : 0,
      );
      return [weight, crossedEffect(table, change, contrast)];
    });
    const spread = apart.reduce(
      (sum, [w, effect]) => sum + w * (effect.value ** 2 - covariance(effect, effect)),
      0,
    );
    variance += Math.max(0, spread);
  }
  return variance;
}
