import type { Finding } from '../../finding.ts';
import { notNumeric, parseCell } from './cell.ts';
import { isTimesName } from './nameWords.ts';
import { badLine } from './refusedLine.ts';

/**
 * Whether the first row holds names: some cell in it is text where the rows below have numbers, or nothing in it is
 * a number. A row 0, 1, 2, … above other numbers counts as names too.
 */
export function hasHeader(rows: readonly (readonly string[])[], decimalComma: boolean): boolean {
  const [first, ...below] = rows.map((row) => row.map((cell) => parseCell(cell, decimalComma)));
  if (!first) {
    return false;
  }
  const isText = (value: number | symbol | undefined): boolean => value === notNumeric;
  const isNumber = (value: number | symbol | undefined): boolean =>
    typeof value === 'number' && !Number.isNaN(value);
  const overNumbers = first.some(
    (value, column) => isText(value) && below.some((row) => isNumber(row[column])),
  );
  if (overNumbers || !first.some(isNumber)) {
    return first.some(isText);
  }
  const consecutive = (row: readonly (number | symbol)[]): boolean =>
    row.length > 2 &&
    row.every((value, index) => typeof value === 'number' && value === (row[0] as number) + index);
  return (
    consecutive(first) && (first[0] === 0 || first[0] === 1) && below.length > 0 && !below.some(consecutive)
  );
}

/** Names stand in sentences, lists and pictures. */
const LONGEST_NAME = 200;

/**
 * Trimmed names, without the single quotes that stand around every one; `column 3` where there is none, and `Time (2)` for
 * a time that is named again.
 * @throws Refusal `duplicate-column`, `long-name`
 */
export function columnNames(
  cells: readonly string[],
  fileName: string,
  line: number,
  delimiter: string,
): string[] {
  const trimmed = cells.map((cell) => cell.trim());
  const isQuoted = trimmed.length > 1 && trimmed.every((cell) => /^'[^']+'$/.test(cell));
  const names = trimmed.map(
    (cell, column) => (isQuoted ? cell.slice(1, -1).trim() : cell) || unnamed(column),
  );
  const first = new Map<string, number>();
  for (const [column, name] of names.entries()) {
    if (name.length > LONGEST_NAME) {
      throw badLine(
        fileName,
        line,
        'long-name',
        `the name of column ${column + 1} has ${name.length.toLocaleString('en-US')} characters ("${name.slice(0, 40)}…"); shorten it, or look for a quote or delimiter that is missing.`,
        { column, delimiter },
      );
    }
    const before = first.get(name);
    if (before !== undefined && isTimesName(name)) {
      // Recorders write the time before each of their signals; whether it is one is seen in its numbers.
      let count = 2;
      while (names.includes(`${name} (${count})`)) count++;
      names[column] = `${name} (${count})`;
      continue;
    }
    if (before !== undefined) {
      throw badLine(
        fileName,
        line,
        'duplicate-column',
        `columns ${before + 1} and ${column + 1} are both named "${name}"; rename one.`,
        { column, delimiter },
      );
    }
    first.set(name, column);
  }
  return names;
}

/** The column of numbers or words before the first name, where rows have one cell more than the line of names. */
export const ROW_NAMES = 'row names';

/** @param column 0-based; people count from 1 */
export function unnamed(column: number): string {
  return `column ${column + 1}`;
}

/** A first row 0, 1, 2, … is ambiguous: it is said. */
export function numberedHeader(fileName: string, cells: readonly string[]): Finding {
  const first = cells.slice(0, 3).map((cell) => cell.trim());
  return {
    code: 'header-inferred',
    severity: 'info',
    sentence: `The first row of ${fileName} counts ${first.join(', ')}${cells.length > first.length ? ', …' : ''} and is taken as column names; set "header" to false under "data" if it is data.`,
  };
}
