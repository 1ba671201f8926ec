import { createHash } from 'node:crypto';
import type { TrainingSeries } from './series.ts';

/** SHA-256 of the real steps of a series: alike for two that hold the same values, wherever their padding stands. */
export function seriesHash({ x, mask }: Pick<TrainingSeries, 'x' | 'mask'>): string {
  const steps = mask.length;
  const at: number[] = [];
  for (let t = 0; t < steps; t++) if (mask[t] === 1) at.push(t);
  const features = steps === 0 ? 0 : x.length / steps;
  const real = new Float32Array(features * at.length);
  for (let f = 0; f < features; f++) {
    for (let k = 0; k < at.length; k++) real[f * at.length + k] = x[f * steps + at[k]!]!;
  }
  return createHash('sha256').update(`${at.length} `).update(new Uint8Array(real.buffer)).digest('hex');
}

/** How many of so many series there are beside those that repeat one of them. */
export function differentOf(hashes: readonly string[]): number {
  return new Set(hashes).size;
}

/** Positions that bear the same hash together, in the order in which `order` meets the first of each. */
export function sameTogether(hashes: readonly string[], order: Iterable<number>): number[][] {
  const groups = new Map<string, number[]>();
  for (const i of order) {
    const group = groups.get(hashes[i]!);
    if (group) group.push(i);
    else groups.set(hashes[i]!, [i]);
  }
  return [...groups.values()];
}
