import type { Random } from '../random.ts';

/** Above this a bootstrap redraws the means of blocks: drawing every instance a thousand times over takes minutes. */
const MOST = 5000;
const BLOCKS = 2000;

/** Numbers of many instances that need not lie together. */
export interface Rows {
  readonly length: number;
  /** [width] of one instance, good until the next is asked for. */
  at(index: number): Float64Array;
}

/** Rows that lie behind each other. @param rows [n, width] */
export function rowsIn(rows: Float64Array, width: number): Rows {
  return { length: rows.length / width, at: (index) => rows.subarray(index * width, (index + 1) * width) };
}

/**
 * Rows for a bootstrap of their mean: the rows themselves, or, where they are many, the means of blocks of equal size
 * drawn at random (a few left over take no part). The mean of redrawn block means varies as that of redrawn rows does:
 * σ² / n in both cases.
 * @param rows n of them
 * @returns [n or 2000, width]
 */
export function forBootstrap(rows: Rows, width: number, random: Random): Float64Array {
  const n = rows.length;
  if (n <= MOST) {
    const all = new Float64Array(n * width);
    for (let k = 0; k < n; k++) all.set(rows.at(k), k * width);
    return all;
  }
  const size = Math.floor(n / BLOCKS);
  const order = random.permutation(n);
  const means = new Float64Array(BLOCKS * width);
  for (let k = 0; k < size * BLOCKS; k++) {
    const into = Math.floor(k / size) * width;
    const row = rows.at(order[k]!);
    for (let i = 0; i < width; i++) means[into + i]! += row[i]! / size;
  }
  return means;
}
