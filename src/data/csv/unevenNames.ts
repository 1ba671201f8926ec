import { agree, count } from '../../format.ts';
import { datesOf } from './dateForm.ts';
import { timeName } from './nameWords.ts';
import { badLine } from './refusedLine.ts';
import { readingOf, timeIn } from './timeCell.ts';
import type { CsvRow } from './tokenizer.ts';

const FEWEST_ROWS = 3;

/**
 * One name less than cells, as above rows that have names of their own; but the name of times stands first, and it is the
 * first column that goes forward: the name that lacks is another's.
 * @throws Refusal `names-short`
 */
export function refuseShortNames(
  fileName: string,
  names: CsvRow,
  rows: readonly CsvRow[],
  decimalComma: boolean,
): void {
  const goesForward = (column: number): boolean => {
    const [first, ...later] = rows.map(({ cells }) => cells[column]?.trim() ?? '');
    const reading = readingOf(first!, decimalComma, datesOf([first!, ...later]));
    let before = timeIn(first!, reading, decimalComma) ?? Number.NaN;
    return later.every((cell) => {
      const time = timeIn(cell, reading, decimalComma) ?? Number.NaN;
      const isLater = time > before;
      before = time;
      return isLater;
    });
  };
  if (rows.length < FEWEST_ROWS || timeName(names.cells[0]!) !== 'sure') return;
  if (!goesForward(0) || goesForward(1)) return;
  throw badLine(
    fileName,
    names.line,
    'names-short',
    `${count(names.cells.length, 'name')} ${agree(names.cells.length, 'stands', 'stand')} above rows of ${count(rows[0]!.cells.length, 'cell')}; give every column a name.`,
  );
}

/**
 * Fewer names than cells, and cells that are whole numbers throughout: decimal commas in a file that is parted by commas.
 * @param row the one before the data
 * @throws Refusal `cut-numbers`
 */
export function refuseCutNumbers(fileName: string, row: CsvRow | undefined, rows: readonly CsvRow[]): void {
  const names = row?.cells.filter((cell) => /\p{L}/u.test(cell)).length ?? 0;
  const cells = rows[0]?.cells.length ?? 0;
  if (!row || rows.length < FEWEST_ROWS || names < 2 || names !== row.cells.length) return;
  if (cells <= names || cells > 2 * names) return;
  const first = rows.map((one) => one.cells.map((cell) => cell.trim()));
  if (!first.every((one) => one.every((cell) => /^-?\d+$/.test(cell)))) return;
  throw badLine(
    fileName,
    row.line,
    'cut-numbers',
    `${names} names stand above rows of ${cells} whole numbers, as where commas are decimal signs and part the cells as well; save it with semicolons between the cells, or with decimal points.`,
  );
}
