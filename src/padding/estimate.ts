import type { Random } from '../random.ts';
import type { Estimate } from './audit.ts';
import { forBootstrap, rowsIn } from './blocks.ts';

const REPEATS = 2000;

/** Mean with a 95 % percentile-bootstrap interval over instances (Efron 1979), of very many over blocks of them. */
export function bootstrapMean(values: ArrayLike<number>, random: Random): Estimate {
  return bootstrapMeans([values], random)[0]!;
}

/** Of several numbers of each instance, which are redrawn together: each as bootstrapMean has it from the same seed. */
export function bootstrapMeans(columns: readonly ArrayLike<number>[], random: Random): Estimate[] {
  const width = columns.length;
  const rows = new Float64Array(columns[0]!.length * width);
  for (const [c, values] of columns.entries())
    for (let i = 0; i < values.length; i++) rows[i * width + c] = values[i]!;
  const redrawn = forBootstrap(rowsIn(rows, width), width, random);
  const n = redrawn.length / width;
  const draws = columns.map(() => new Float64Array(REPEATS));
  const sums = new Float64Array(width);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      const at = random.integer(n) * width;
      for (let c = 0; c < width; c++) sums[c]! += redrawn[at + c]!;
    }
    for (let c = 0; c < width; c++) draws[c]![repeat] = sums[c]! / n;
  }
  return columns.map((values, c) => ({
    value: mean(values),
    interval: percentileInterval(REPEATS, (_, repeat) => draws[c]![repeat]!),
    n: values.length,
  }));
}

/**
 * A rate with its 95 % Wilson 1927 interval. Unlike the bootstrap's it does not shrink to nothing when no
 * (or every) instance flips.
 */
export function wilsonRate(rate: number, n: number): Estimate {
  const z = 1.959964;
  return { value: rate, interval: [wilsonBound(rate, n, -z), wilsonBound(rate, n, z)], n };
}

/** One end of Wilson's interval of a rate: the upper one for z > 0, the lower one for z < 0. */
export function wilsonBound(rate: number, n: number, z: number): number {
  // Of none (or all), the end is the rate itself, which rounding would miss by 1e-18.
  if (z < 0 ? rate === 0 : rate === 1) return rate;
  const centre = (rate + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n));
  return Math.min(1, Math.max(0, centre + half));
}

/** 2.5 % and 97.5 % of `repeats` draws; draws that are not finite are left out. */
export function percentileInterval(
  repeats: number,
  draw: (_: unknown, repeat: number) => number,
): readonly [number, number] {
  const draws = Float64Array.from({ length: repeats }, draw).filter(Number.isFinite).sort();
  const at = (share: number) =>
    draws[Math.min(draws.length - 1, Math.floor(share * draws.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}

/** NaN of none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
