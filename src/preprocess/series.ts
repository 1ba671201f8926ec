import type { FileFill } from './usualFill.ts';

/** A series on its way to the model. */
export interface Series {
  /** [F, T] feature-major. */
  readonly values: Float64Array;
  readonly features: number;
  readonly steps: number;
  /** [T] 0-based raw step behind each column, -1 where padding was put in. */
  readonly source: Int32Array;
  /** What other series of the file are padded with, as long as the numbers are the file's own. */
  readonly fill?: FileFill;
}

/**
 * The series with other columns.
 * @param columns for each new column the old one, -1 for padding
 * @param padding what padding is filled with
 */
export function withColumns(series: Series, columns: Int32Array, padding: number): Series {
  const steps = columns.length;
  const values = new Float64Array(series.features * steps);
  for (let feature = 0; feature < series.features; feature++) {
    for (let step = 0; step < steps; step++) {
      const column = columns[step]!;
      values[feature * steps + step] = column < 0 ? padding : series.values[feature * series.steps + column]!;
    }
  }
  const source = columns.map((column) => (column < 0 ? -1 : series.source[column]!));
  return { values, features: series.features, steps, source, fill: series.fill };
}

/** `from`, `from` + 1, … */
export function range(from: number, to: number): Int32Array {
  const all = new Int32Array(Math.max(0, to - from));
  for (let index = 0; index < all.length; index++) all[index] = from + index;
  return all;
}
