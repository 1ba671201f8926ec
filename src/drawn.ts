import type { Random } from './random.ts';

/**
 * Of so many things as many as are wanted, drawn by chance: files are often sorted by class, so that the first ones
 * stand for nothing but themselves.
 * @returns [min(of, most)] positions, ascending
 */
export function drawnOf(of: number, most: number, random: Pick<Random, 'permutation'>): Int32Array {
  return random.permutation(of).slice(0, most).sort();
}
