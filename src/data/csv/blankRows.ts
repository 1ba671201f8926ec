import type { CsvRow } from './tokenizer.ts';

/** A line without a value. */
export function isBlank({ cells }: CsvRow): boolean {
  return cells.length === 1 && cells[0]!.trim() === '';
}

/** Delimiters alone, as spreadsheets write rows that were cleared. */
export function isCleared({ cells }: CsvRow): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** The last rows may be cleared ones, which say nothing of the columns. */
export function withoutClearedEnd(rows: readonly CsvRow[]): readonly CsvRow[] {
  const last = rows.findLastIndex((row) => !isCleared(row));
  return last < 0 ? rows : rows.slice(0, last + 1);
}

/** Rows of another table behind a blank line say nothing of the columns either: it is refused where it begins. */
export function tableBeforeGap(
  held: readonly CsvRow[],
  data: readonly CsvRow[],
  width: number,
): readonly CsvRow[] {
  const next = gapsIn(held, data).find((at) => data[at]!.cells.length < width);
  return next === undefined ? data : data.slice(0, next);
}

/** Places among the rows of data that stand behind a blank line. */
export function gapsIn(held: readonly CsvRow[], data: readonly CsvRow[]): number[] {
  const blanks = new Set(held.filter(isBlank).map(({ line }) => line));
  return data.flatMap(({ line }, at) => (at > 0 && blanks.has(line - 1) ? [at] : []));
}
