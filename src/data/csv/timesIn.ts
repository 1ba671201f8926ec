import type { Sample } from './sample.ts';
import { readingOf, timeIn } from './timeCell.ts';

/** [rows] of a column of times: numbers, or those of dates and clocks; NaN for what is none. */
export function timesIn(sample: Sample, time: number): number[] {
  const { rows, decimalComma } = sample;
  const cell = (row: readonly string[]) => (row[time] ?? '').trim();
  const reading = rows[0] ? readingOf(cell(rows[0]), decimalComma, sample.dates(time)) : 'text';
  return rows.map((row) => timeIn(cell(row), reading, decimalComma) ?? Number.NaN);
}
