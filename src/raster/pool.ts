import type { Raster } from '../attribution/explanation.ts';

/** Cells folded into one: `columns` × `rows` each, 1 × 1 where nothing is pooled. */
export interface Pooling {
  readonly columns: number;
  readonly rows: number;
}

/** The smallest whole pooling that leaves no more cells than pixels. */
export function poolingFor(
  cells: { columns: number; rows: number },
  pixels: { width: number; height: number },
): Pooling {
  return {
    columns: Math.max(1, Math.ceil(cells.columns / Math.max(1, pixels.width))),
    rows: Math.max(1, Math.ceil(cells.rows / Math.max(1, pixels.height))),
  };
}

/**
 * Columns from..to of a raster, each block of cells replaced by its value of largest magnitude, sign kept: a single hot
 * cell among thousands stays visible. Not-a-number cells are passed over; a block of nothing else is NaN.
 * @param from first column, a multiple of `by.columns`
 * @param keep [columns] columns holding 0 are left out (NaN); null keeps all
 */
export function pool(map: Raster, from: number, to: number, by: Pooling, keep: Uint8Array | null): Raster {
  const columns = Math.ceil((to - from) / by.columns);
  const rows = Math.ceil(map.rows / by.rows);
  const values = new Float32Array(rows * columns).fill(Number.NaN);
  for (let row = 0; row < map.rows; row++) {
    const source = row * map.columns;
    const target = Math.floor(row / by.rows) * columns;
    for (let block = 0; block < columns; block++) {
      const start = from + block * by.columns;
      const end = Math.min(to, start + by.columns);
      let best = values[target + block]!;
      for (let column = start; column < end; column++) {
        if (keep && keep[column] === 0) continue;
        const value = map.values[source + column]!;
        if (Math.abs(value) > Math.abs(best) || Number.isNaN(best)) best = value;
      }
      values[target + block] = best;
    }
  }
  return { values, rows, columns };
}

/** The cell pooling shows for a block: the one of largest magnitude, the first of equals. */
export function strongestInBlock(
  map: Raster,
  block: { row: number; column: number },
  by: Pooling,
): { row: number; column: number } {
  const [top, left] = [
    Math.floor(block.row / by.rows) * by.rows,
    Math.floor(block.column / by.columns) * by.columns,
  ];
  let best = { row: block.row, column: block.column };
  let most = -1;
  for (let row = top; row < Math.min(map.rows, top + by.rows); row++) {
    for (let column = left; column < Math.min(map.columns, left + by.columns); column++) {
      const size = Math.abs(map.values[row * map.columns + column]!);
      if (size > most) [most, best] = [size, { row, column }];
    }
  }
  return best;
}
