import type { DataOptions } from '../dataOptions.ts';
import { notNumeric, parseCell } from './cell.ts';
import { profileColumn } from './columnProfile.ts';
import { timeName } from './nameWords.ts';
import type { Sample } from './sample.ts';
import { shorten } from './shorten.ts';

/** Fewer rows do not show that a column goes on evenly. */
const FEWEST_ROWS = 8;
/** Share of the rows. */
const MOST_STRAY = 0.1;
/** Totals stand in the last rows. */
const FOOTER_ROWS = 3;
/** Share of the pairs of rows. */
const MOSTLY_FORWARD = 0.9;

/**
 * Rows that are none of the series: names that come again, totals and remarks below the data, comments between. Their
 * words, or blanks, would take a clock for a feature. They are told by a column that goes on evenly in all other rows.
 * @throws Refusal `stray-row` with its line
 */
export function refuseStrayRows(sample: Sample, { features, time, header }: DataOptions): void {
  if (!sample.named || header === false) return;
  const { fileName, names, rows, places } = sample;
  const line = (row: number) => `line ${places?.lines[row] ?? row + 1}`;
  const again = rows.findIndex((row) => isHeader(row, names));
  if (again >= 0) {
    throw sample.refusal(
      'stray-row',
      `${fileName}, ${line(again)}: the names of the columns stand here again, as where recordings were put one below the other; delete the line, or make a file of each.`,
      0,
      again,
    );
  }
  for (const [column, name] of names.entries()) {
    if (features?.includes(name) || time === name) continue;
    const row = strayRow(sample, column);
    if (row === undefined) continue;
    const cell = rows[row]![column]?.trim() ?? '';
    const what = cell === '' ? 'the cell is blank' : `"${shorten(cell)}" is no number`;
    throw sample.refusal(
      'stray-row',
      `${fileName}, ${line(row)}, column "${name}": ${what}, where those of the other rows go on from row to row: totals and remarks are no steps; delete the line, or put a number there.`,
      column,
      row,
    );
  }
}

function isHeader(row: readonly string[], names: readonly string[]): boolean {
  if (names.length < 2 || row.length !== names.length) return false;
  return names.every((name, column) => row[column]!.replace(/^\uFEFF/, '').trim() === name);
}

/** The first row in which a column that goes on evenly in the others has no number. */
function strayRow({ rows, names, number, decimalComma }: Sample, column: number): number | undefined {
  const stray = rows.flatMap((_, at) => (Number.isNaN(number(at, column)) ? [at] : []));
  const others = rows.length - stray.length;
  if (stray.length === 0 || others < FEWEST_ROWS || stray.length > Math.max(1, MOST_STRAY * others))
    return undefined;
  const isTime = timeName(names[column]!) !== null;
  const found = stray.find((at) => {
    const row = rows[at]!;
    const isLast = at >= rows.length - FOOTER_ROWS;
    const cell = row[column] ?? '';
    const isWord = parseCell(cell, decimalComma) === notNumeric;
    const isRemark = isWord && (row.length < names.length || /^\s*(#|%|\/\/)/.test(cell));
    const isFilled = row.some((one) => one.trim() !== '');
    return isFilled && (isLast || isRemark || (isWord && isTime));
  });
  if (found === undefined) return undefined;
  const kept = rows.filter((_, at) => !stray.includes(at)).map((row) => row[column] ?? '');
  const { even, forward, distinct, back } = profileColumn(kept, decimalComma);
  const goesOn = even || (isTime && forward >= MOSTLY_FORWARD && back === 0);
  return goesOn && distinct > 4 ? found : undefined;
}
