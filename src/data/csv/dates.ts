import type { Sample } from './sample.ts';

const DATE = /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\s*$/;

/** Whether each cell is a date, in figures and without a time of day. */
export function holdsDates(sample: Sample, column: number): boolean {
  return sample.rows.every((row) => DATE.test(row[column] ?? '')) || sample.dates(column) !== undefined;
}
