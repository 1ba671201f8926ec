import type { Raster } from '../attribution/explanation.ts';

/**
 * Mean |map| over the real steps, row by row.
 * @param mask [T] 1 on real steps
 * @param into [rows] takes the result; all 0 where no step is real
 * @returns the mean over rows: the map's level
 */
export function importanceOf(map: Raster, mask: Uint8Array, into: Float32Array): number {
  const { rows, columns, values } = map;
  let real = 0;
  for (const on of mask) real += on === 1 ? 1 : 0;
  let level = 0;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      if (mask[column] === 1) sum += Math.abs(values[row * columns + column]!);
    }
    const mean = real > 0 ? sum / real : 0;
    into[row] = mean;
    level += mean / rows;
  }
  return level;
}
