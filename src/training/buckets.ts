import type { Random } from '../random.ts';
import { realLength, type SeriesShape, type TrainingSeries } from './series.ts';

/** More lengths than these save little padding, and each has a session of its own. */
const MOST_BUCKETS = 8;

/**
 * Lengths that batches of like length are padded to, ascending; a series belongs to the first that holds it. Each is the
 * longest of its bucket; buckets lie between quantiles, have about a batch or more, and never one series alone, of which
 * a batch norm has no variance.
 * @param lengths real steps of every series, at least one
 */
export function bucketLengths(lengths: readonly number[], batch = 32): number[] {
  const sorted = lengths.toSorted((a, b) => a - b);
  const n = sorted.length;
  const wanted = Math.min(MOST_BUCKETS, Math.max(1, Math.floor(n / batch)));
  const ends = Array.from({ length: wanted }, (_, i) => sorted[Math.ceil(((i + 1) * n) / wanted) - 1]!);
  const distinct = [...new Set(ends.map((end) => Math.max(1, end)))];
  const last = distinct.at(-2);
  if (last !== undefined && sorted[n - 2]! <= last) distinct.splice(-2, 1);
  return distinct;
}

/** Some series that make one step of training, and the bucket whose length they are padded to. */
interface Batch {
  /** Indices of series. */
  readonly of: readonly number[];
  readonly bucket: number;
}

/** Every series once, in batches of one bucket each; members and order are drawn anew at every call. */
export function bucketBatches(
  series: readonly TrainingSeries[],
  lengths: readonly number[],
  batch: number,
  random: Random,
): Batch[] {
  const members = lengths.map((): number[] => []);
  for (const i of random.permutation(series.length)) {
    const length = realLength(series[i]!.mask);
    members[lengths.findIndex((end) => length <= end)]!.push(i);
  }
  const all = members.flatMap((some, bucket) => evenly(some, batch).map((of) => ({ of, bucket })));
  return [...random.permutation(all.length)].map((i) => all[i]!);
}

/** Dealt into groups of at most `batch` as evenly as can be: none of one, where there are two. */
export function evenly(some: readonly number[], batch: number): number[][] {
  const groups = Math.ceil(some.length / batch);
  const start = (group: number) => Math.floor((some.length * group) / groups);
  return Array.from({ length: groups }, (_, group) => some.slice(start(group), start(group + 1)));
}

/** A series without the padding that lies at its end beyond `steps`. */
export function cutTo(one: TrainingSeries, shape: SeriesShape, steps: number): TrainingSeries {
  const x = new Float32Array(shape.features * steps);
  for (let f = 0; f < shape.features; f++) {
    x.set(one.x.subarray(f * shape.steps, f * shape.steps + steps), f * steps);
  }
  return { x, mask: one.mask.slice(0, steps), label: one.label };
}
