import type { CsvRow } from './tokenizer.ts';

/** A line without a value. */
export function isBlank({ cells }: CsvRow): boolean {
  return cells.length === 1 && cells[0]!.trim() === '';
}

/** Places among the rows of data that stand behind a blank line. */
export function gapsIn(held: readonly CsvRow[], data: readonly CsvRow[]): number[] {
  const blanks = new Set(held.filter(isBlank).map(({ line }) => line));
  return data.flatMap(({ line }, at) => (at > 0 && blanks.has(line - 1) ? [at] : []));
}
