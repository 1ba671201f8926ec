import { visible } from './visible.ts';

/** What stands at the start of a cell for spreadsheets to run it, after blanks that they skip. */
const formula = /^[\s\u00a0]*[=+\-@＝＋－＠]/;
const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A cell of text, as names come from files: an apostrophe stands before what a spreadsheet would run as a formula
 * (`=1+1`; not before `-1`, which is a number), control characters are written as escapes, and quotes go round what
 * separates cells in any dialect.
 */
export function csvText(text: string): string {
  const shown = visible(text, { most: 32_000 });
  const inert = formula.test(shown) && !number.test(shown) ? `'${shown}` : shown;
  return /[",;|]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A number at float32's precision; empty for what is not there. */
export function csvNumber(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value)
    ? ''
    : String(Number(value.toPrecision(9)));
}

/** A row of cells that are written already. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.join(',')}\n`;
}
