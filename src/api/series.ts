import { writeNpz } from '../data/numpy/writeNpz.ts';
import { thousands } from '../format.ts';
import { Refusal } from '../refusal.ts';

/** One series, raw: the values of each feature, step by step. */
export type SeriesValues = readonly ArrayLike<number>[];

const MOST_STEPS = 10_000_000;

/**
 * [F][T] as the bytes of a data file.
 * @throws Refusal `ragged-series` where features have different lengths, or there is nothing; `bad-argument` where they hold no numbers
 */
export function seriesFile(series: SeriesValues): Uint8Array {
  if (series.some((feature) => typeof feature?.length !== 'number')) {
    throw new Refusal('bad-argument', 'A series is an array of numbers for each feature: [F][T].');
  }
  const long = series.findIndex(
    ({ length }) => !Number.isInteger(length) || length < 0 || length > MOST_STEPS,
  );
  if (long >= 0) {
    throw new Refusal(
      'bad-argument',
      `Feature ${long} of the series has ${series[long]!.length} steps: a series given as numbers has up to ${thousands(MOST_STEPS)}, longer ones are read from a file.`,
    );
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
  for (const [feature, values] of series.entries()) {
    for (let step = 0; step < steps; step++)
      data[feature * steps + step] = numberOf(values[step], feature, step);
  }
  return writeNpz({ x: { dtype: 'float64', dims: [1, series.length, steps], data } });
}

/** Whatever else there is would be taken for a number (null for 0) or for a step that is missing. */
function numberOf(value: unknown, feature: number, step: number): number {
  if (typeof value === 'number') {
    if (Math.abs(value) !== Number.POSITIVE_INFINITY) return value;
    throw new Refusal(
      'bad-argument',
      `Feature ${feature} of the series is ${value} at step ${step}, which no model computes with: give NaN where a value is missing.`,
    );
  }
  throw new Refusal(
    'bad-argument',
    `Feature ${feature} of the series holds no number at step ${step}: give numbers, NaN where a value is missing.`,
  );
}
