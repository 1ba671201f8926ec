import { median } from './robustZ.ts';

/** Points all pairs of which are taken; of more, evenly spaced ones. */
const MOST = 300;

/**
 * What the line through the middle of the points has at each of them; a quarter of the points cannot bend it: the
 * median slope of all pairs (Theil 1950, Sen 1968).
 */
export function theilSen(x: readonly number[], y: readonly number[]): number[] {
  const every = Math.max(1, x.length / MOST);
  const taken = Array.from({ length: Math.floor(x.length / every) }, (_, k) => Math.floor(k * every));
  const slopes: number[] = [];
  for (const [k, i] of taken.entries()) {
    for (const j of taken.slice(k + 1)) {
      if (x[i] !== x[j]) slopes.push((y[j]! - y[i]!) / (x[j]! - x[i]!));
    }
  }
  const slope = slopes.length ? median(slopes) : 0;
  const intercept = median(x.map((value, i) => y[i]! - slope * value));
  return x.map((value) => intercept + slope * value);
}
