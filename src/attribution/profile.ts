import type { Raster } from './explanation.ts';

/**
 * One value per column: the time map itself for one row, else the mean over features of the finite values.
 * @returns [T]
 */
export function profile(map: Raster): Float32Array {
  if (map.rows === 1) return map.values;
  const { values, rows, columns } = map;
  const sums = new Float64Array(columns);
  const counts = new Int32Array(columns);
  // Row by row, as the values lie: maps may have millions of them.
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      sums[column]! += value;
      counts[column]!++;
    }
  }
  const means = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    means[column] = counts[column] ? sums[column]! / counts[column]! : Number.NaN;
  }
  return means;
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
