import type { Raster } from './explanation.ts';

/** One value per column: the time map itself for one row, else the mean over features of the finite values. */
export function profile(map: Raster): Float32Array {
  if (map.rows === 1) return map.values;
  return Float32Array.from({ length: map.columns }, (_, column) => {
    let [sum, count] = [0, 0];
    for (let row = 0; row < map.rows; row++) {
      const value = map.values[row * map.columns + column]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return count ? sum / count : Number.NaN;
  });
}

/** Rows by their summed |map| over real steps (all steps where none is real), strongest first. */
export function strongestRows(map: Raster, mask: Uint8Array): number[] {
  const anyReal = mask.includes(1);
  const sums = Array.from({ length: map.rows }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < map.columns; column++) {
      const size = Math.abs(map.values[row * map.columns + column]!);
      if ((!anyReal || mask[column] === 1) && !Number.isNaN(size)) sum += size;
    }
    return sum;
  });
  return [...sums.keys()].sort((a, b) => sums[b]! - sums[a]! || a - b);
}
