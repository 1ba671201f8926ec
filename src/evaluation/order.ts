import type { Random } from '../random.ts';

/**
 * Cells from the highest score to the lowest; equal scores in random order, so that their place says nothing.
 * @param scores [cells]
 */
export function highestFirst(scores: Float64Array, random: Random): Int32Array {
  const place = random.permutation(scores.length);
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (i, j) => scores[j]! - scores[i]! || place[i]! - place[j]!,
  );
}
