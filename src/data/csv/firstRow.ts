import type { DataOptions } from '../dataOptions.ts';
import type { PatchValue } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { profileColumn } from './columnProfile.ts';
import { goesOnByOne } from './headerOfNumbers.ts';
import type { Sample } from './sample.ts';
import type { TableForm } from './tableForm.ts';

/** Fewer rows do not show that a column goes on evenly. */
const FEWEST_ROWS = 8;
/** Share of the rows. */
const MOST_STRAY = 0.1;
/** Share of the cells of a column. */
const MOST_ALIKE = 0.02;
/** More columns that are called by numbers are told by how these run. */
const MOST_UNNAMED = 2;

/**
 * A first row that is of another kind than those below: counted numbers (of channels) above measured ones, rates or gains
 * that are written otherwise, counts of samples where the clock is blank; or `0` and `0,1` above decimals, which may be
 * the names of columns that have none.
 * @throws ReadingQuestion `first-row`, `first-names`
 */
export function askFirstRow(
  sample: Sample,
  { header: names, units, first }: TableForm,
  options: DataOptions,
): void {
  const { header, skip, units: said } = options;
  if (header !== undefined || skip !== undefined || said !== undefined || !first) return;
  if (sample.rows.length <= FEWEST_ROWS) return;
  if (names.length === 0) askUnnamed(sample, first.line, options);
  if (names.length !== 1 || units) return;
  const what = whatOfFirst(sample);
  if (!what) return;
  const before = names[0]!.line - 1;
  const form = { ...(before > 0 && { skip: before }), header: true };
  throw new ReadingQuestion({
    id: 'first-row',
    sentence: `${sample.fileName}, line ${first.line}: the first row below the names ${what}`,
    ways: [
      way('it is no step', { ...form, units: true }),
      ...(lacksTime(sample) ? [] : [way('it is one', form)]),
    ],
  });
}

const way = (label: string, data: Readonly<Record<string, PatchValue>>) => ({ label, patch: { data } });

function whatOfFirst(sample: Sample): string | undefined {
  if (countsChannels(sample)) return 'counts the columns, and the rows below are measured';
  if (lacksTime(sample)) return 'lacks what goes on from row to row below';
  return isOtherwise(sample)
    ? 'has numbers with fewer decimals than those below it, as rates, gains and counts have'
    : undefined;
}

/** `0` or `1`, `0,1` or `1,2`, also `0.0,1.0`, above numbers with decimals, where nothing goes on from it. */
function askUnnamed(sample: Sample, line: number, { input }: DataOptions): void {
  const { rows, names, profiles } = sample;
  const cells = rows[0]!.map((cell) => cell.trim().replace(/[.,]0$/, ''));
  const [from] = cells;
  const isCounted =
    names.length <= MOST_UNNAMED &&
    (from === '0' || from === '1') &&
    cells.every((cell, at) => cell === String(Number(from) + at));
  const goesOn = profiles.some(({ even }) => even) || input?.steps === rows.length;
  if (!isCounted || goesOn || names.some((_, column) => !isWrittenOtherwise(sample, column))) return;
  throw new ReadingQuestion({
    id: 'first-names',
    sentence: `${sample.fileName}, line ${line}: the first row (${rows[0]!.join()}) is the first step, or the names of columns that have none, as pandas writes them`,
    ways: [
      way('it holds names', { ...(line > 1 && { skip: line - 1 }), header: true }),
      way('it is the first step', { header: false }),
    ],
  });
}

/** One number throughout, or all beyond what stands below, and each with fewer decimals. */
function isOtherwise(sample: Sample): boolean {
  const { profiles, rows, number } = sample;
  const columns = profiles.flatMap(({ kind }, column) => (kind === 'blank' ? [] : [column]));
  const numbers = columns.map((column) => number(0, column));
  if (columns.length < 2 || numbers.some((value) => Number.isNaN(value) || value === 0)) return false;
  const isBeyond = (value: number, at: number): boolean => {
    const below = rows.slice(1).map((_row, row) => number(row + 1, columns[at]!));
    return below.every((one) => !(one >= value)) || below.every((one) => !(one <= value));
  };
  return (
    (numbers.every((value) => value === numbers[0]) || numbers.every(isBeyond)) &&
    columns.every((column) => isWrittenOtherwise(sample, column))
  );
}

/** With fewer decimals than nearly every cell below. */
function isWrittenOtherwise({ rows }: Sample, column: number): boolean {
  const [first, ...below] = rows.map((row) => decimalsOf(row[column] ?? ''));
  return below.filter((decimals) => decimals <= first!).length <= MOST_ALIKE * below.length;
}

function decimalsOf(cell: string): number {
  return /[.,](\d+)/.exec(cell)?.[1]?.length ?? (/e/i.test(cell) ? 1 : 0);
}

/** 1, 2, 3 or 0, 1, 2 above numbers that are hardly ever whole. */
function countsChannels({ rows, names, number }: Sample): boolean {
  const numbers = names.map((_, column) => number(0, column));
  const [from] = numbers;
  if (names.length < 3 || (from !== 0 && from !== 1) || !goesOnByOne(numbers)) return false;
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
