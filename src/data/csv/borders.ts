import type { Sample } from './sample.ts';

/** The rows whose number is less than the one before: there a time, or a counter, starts again. */
export function startsOf(numbers: readonly number[]): ReadonlySet<number> {
  return new Set(numbers.flatMap((now, at) => (at > 0 && now < numbers[at - 1]! ? [at] : [])));
}

/** Whether a column stays as it is from row to row, but for the rows given. */
export function changesOnlyAt({ rows }: Sample, column: number, starts: ReadonlySet<number>): boolean {
  return rows.every(
    (row, at) => at === 0 || starts.has(at) || row[column]?.trim() === rows[at - 1]![column]?.trim(),
  );
}
