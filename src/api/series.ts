import { writeNpz } from '../data/numpy/writeNpz.ts';
import { Refusal } from '../refusal.ts';

/** One series, raw: the values of each feature, step by step. */
export type SeriesValues = readonly ArrayLike<number>[];

/**
 * [F][T] as the bytes of a data file.
 * @throws Refusal `ragged-series` where features have different lengths, or there is nothing
 */
export function seriesFile(series: SeriesValues): Uint8Array {
  if (series.some((feature) => typeof feature?.length !== 'number')) {
    throw new Refusal('bad-argument', 'A series is an array of numbers for each feature: [F][T].');
  }
  const steps = series[0]?.length ?? 0;
  const other = series.findIndex(({ length }) => length !== steps);
  if (steps === 0 || other > 0) {
    throw new Refusal(
      'ragged-series',
      steps === 0
        ? 'The series holds no values: give an array of numbers for each feature.'
        : `Feature ${other} of the series has ${series[other]!.length} steps where feature 0 has ${steps}.`,
    );
  }
  const data = new Float64Array(series.length * steps);
  for (const [feature, values] of series.entries()) data.set(Array.from(values), feature * steps);
  return writeNpz({ x: { dtype: 'float64', dims: [1, series.length, steps], data } });
}
