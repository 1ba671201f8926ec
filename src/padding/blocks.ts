import type { Random } from '../random.ts';

/** Above this a bootstrap redraws the means of blocks: drawing every instance a thousand times over takes minutes. */
const MOST = 5000;
const BLOCKS = 2000;

/**
 * Rows for a bootstrap of their mean: the rows themselves, or, where they are many, the means of blocks of equal size
 * drawn at random (a few left over take no part). The mean of redrawn block means varies as that of redrawn rows does:
 * σ² / n in both cases.
 * @param rows [n, width]
 * @returns [n or 2000, width]
 */
export function forBootstrap(rows: Float64Array, width: number, random: Random): Float64Array {
  const n = rows.length / width;
  if (n <= MOST) return rows;
  const size = Math.floor(n / BLOCKS);
  const order = random.permutation(n);
  const means = new Float64Array(BLOCKS * width);
  for (let k = 0; k < size * BLOCKS; k++) {
    const [into, from] = [Math.floor(k / size) * width, order[k]! * width];
    for (let i = 0; i < width; i++) means[into + i]! += rows[from + i]! / size;
  }
  return means;
}
