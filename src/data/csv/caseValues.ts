import type { Sample } from './sample.ts';
import { isCounter } from './timeColumn.ts';

/** Fewer rows do not show that a column counts. */
const FEWEST_ROWS = 8;

/** Whole numbers that go forward from row to row, some left out: an instance for each row would have one step. */
export function numbersEachRow(sample: Sample, column: number): boolean {
  const { whole, forward, rows } = sample.profiles[column]!;
  return isCounter(sample, column) || (whole && forward === 1 && rows >= FEWEST_ROWS);
}

/** Words or whole numbers that come again, not those of a clock with a few repeats. */
export function repeats(sample: Sample, column: number): boolean {
  const { kind, whole, distinct, filled, even } = sample.profiles[column]!;
  return (kind === 'text' || whole) && distinct < filled && !(even && distinct * 4 > filled && filled > 16);
}

/** Another one in every row. */
export function isUnique(sample: Sample, column: number): boolean {
  const { distinct, rows } = sample.profiles[column]!;
  return distinct === rows;
}

/** An id that is used twice is refused by its line; one that comes again throughout is a person. */
export function isMostlyUnique(sample: Sample, column: number): boolean {
  const { distinct, rows } = sample.profiles[column]!;
  return distinct === 1 || distinct * 2 > rows;
}
