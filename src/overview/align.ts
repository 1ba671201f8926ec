import type { Raster } from '../attribution/explanation.ts';
import type { Alignment } from './overview.ts';

/** How fine mean maps are. */
export interface AlignedGrid {
  /** Steps per column of the start and end alignment. */
  readonly stepsPerColumn: number;
  /** Columns of the relative alignment. */
  readonly bins: number;
}

/** One instance on the columns of an alignment. Column by column, so that longer instances only append. */
export interface Aligned {
  readonly columns: number;
  /** [columns, rows] */
  readonly values: Float64Array;
  /** [columns] 1 where the instance has a real step. */
  readonly covered: Uint8Array;
}

/**
 * An instance's map on common columns; padding takes no part. `start`: column 0 is the first real step. `end`: column
 * 0 is the LAST real step, counted backwards. `relative`: from first to last real step in `bins` equal parts; a step
 * gives to each part in proportion to their overlap, so that the area is preserved. Steps within the series that
 * are not real count for the position and give nothing.
 * @param mask [T] 1 on real steps
 */
export function align(map: Raster, mask: Uint8Array, alignment: Alignment, grid: AlignedGrid): Aligned {
  const first = mask.indexOf(1);
  const last = mask.lastIndexOf(1);
  const span = first < 0 ? 0 : last - first + 1;
  const columns =
    alignment === 'relative' ? (span > 0 ? grid.bins : 0) : Math.ceil(span / grid.stepsPerColumn);
  const { rows, columns: steps, values: from } = map;
  const values = new Float64Array(columns * rows);
  const weights = new Float64Array(columns);
  const give = (step: number, column: number, weight: number) => {
    weights[column]! += weight;
    const into = column * rows;
    for (let row = 0; row < rows; row++) values[into + row]! += weight * from[row * steps + step]!;
  };
  for (let step = first; span > 0 && step <= last; step++) {
    if (mask[step] !== 1) continue;
    if (alignment === 'start') give(step, Math.floor((step - first) / grid.stepsPerColumn), 1);
    else if (alignment === 'end') give(step, Math.floor((last - step) / grid.stepsPerColumn), 1);
    else spread(step - first, span, grid.bins, (column, weight) => give(step, column, weight));
  }
  const covered = new Uint8Array(columns);
  for (let column = 0; column < columns; column++) {
    if (weights[column] === 0) continue;
    covered[column] = 1;
    const weight = weights[column]!;
    if (weight === 1) continue;
    for (let row = 0; row < rows; row++) values[column * rows + row]! /= weight;
  }
  return { columns, values, covered };
}

/** The bins that step `at` of `span` overlaps, each with the share of the bin it fills. */
function spread(at: number, span: number, bins: number, give: (bin: number, weight: number) => void): void {
  // In integers: a bin is `span` long and a step `bins`, so that no edge is missed by rounding.
  const [from, to] = [at * bins, (at + 1) * bins];
  for (let bin = Math.floor(from / span); bin * span < to; bin++) {
    const overlap = Math.min(to, (bin + 1) * span) - Math.max(from, bin * span);
    give(bin, overlap / span);
  }
}
