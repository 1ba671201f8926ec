import type { DataOptions } from '../dataOptions.ts';
import type { PatchValue } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { notNumeric, parseCell } from './cell.ts';
import { profileColumn } from './columnProfile.ts';
import { timeName } from './nameWords.ts';
import type { Sample } from './sample.ts';
import { shorten } from './shorten.ts';
import type { TableForm } from './tableForm.ts';

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

/**
 * A first row that is of another kind than those below: counted numbers (of channels) above measured ones, or counts of
 * samples where the clock is blank.
 * @throws ReadingQuestion `first-row`
 */
export function askFirstRow(
  sample: Sample,
  { header: names, units, first }: TableForm,
  options: DataOptions,
): void {
  const { header, skip, units: said } = options;
  if (header !== undefined || skip !== undefined || said !== undefined) return;
  if (names.length !== 1 || units || !first || sample.rows.length <= FEWEST_ROWS) return;
  const isCounted = countsChannels(sample);
  if (!isCounted && !lacksTime(sample)) return;
  const before = names[0]!.line - 1;
  const form = { ...(before > 0 && { skip: before }), header: true };
  const way = (label: string, data: Readonly<Record<string, PatchValue>>) => ({ label, patch: { data } });
  throw new ReadingQuestion({
    id: 'first-row',
    sentence: `${sample.fileName}, line ${first.line}: the first row below the names ${isCounted ? 'counts the columns, and the rows below are measured' : 'lacks what goes on from row to row below'}`,
    ways: [way('it is no step', { ...form, units: true }), ...(isCounted ? [way('it is one', form)] : [])],
  });
}

/** 1, 2, 3 or 0, 1, 2 above numbers that are hardly ever whole. */
function countsChannels({ rows, names, number }: Sample): boolean {
  const numbers = names.map((_, column) => number(0, column));
  const [from] = numbers;
  if (names.length < 3 || (from !== 0 && from !== 1) || !numbers.every((value, at) => value === from + at))
    return false;
  return names.every((_, column) => {
    const whole = rows.slice(1).filter((_row, at) => Number.isInteger(number(at + 1, column))).length;
    return whole <= MOST_STRAY * rows.length;
  });
}

/** Blank in the first row alone, and going on evenly below. */
function lacksTime({ rows, names, number, decimalComma }: Sample): boolean {
  return names.some((_, column) => {
    if ((rows[0]![column] ?? '').trim() !== '') return false;
    if (rows.slice(1).some((_row, at) => Number.isNaN(number(at + 1, column)))) return false;
    const below = rows.slice(1).map((row) => row[column] ?? '');
    const { even, distinct } = profileColumn(below, decimalComma);
    return even && distinct > 4;
  });
}
