/** Ids and labels beside numbered columns. */
const mostFrame = 4;
const fewestNumbers = 6;
/** Share of the rows, or of the numbers below. */
const MOST_BY_CHANCE = 0.02;

/**
 * Whether a first row of numbers is the names: it alone rises or falls evenly (times, wavelengths, 0, 1, 2, …), or it
 * alone is whole numbers that rise above rows that are not whole (numbers of sensors).
 */
export function isHeaderOfNumbers(rows: readonly (readonly number[])[]): boolean {
  const [first, ...below] = rows;
  if (!first || first.length < 3 || below.length === 0) return false;
  const looked = below.slice(0, 200);
  const counted =
    (first[0] === 0 || first[0] === 1) && first.every((value, index) => value === first[0]! + index);
  // Of three numbers or so some row below is even by chance.
  if (counted) return looked.filter(goesOnByOne).length <= MOST_BY_CHANCE * looked.length;
  if (isEven(first) && first.length >= 6) return !looked.some(isEven);
  return (
    rises(first) &&
    first.every(Number.isInteger) &&
    first[0]! >= 1 &&
    looked.flat().filter(Number.isInteger).length <= MOST_BY_CHANCE * looked.flat().length &&
    looked.length >= 8
  );
}

/**
 * The same of a row whose first or last cells are words or blank (`index, 0, 1, 2, …, label`): a table of numbered
 * columns as its row names and labels frame it. A word that comes again below is a class.
 */
export function isFramedHeader(
  rows: readonly (readonly number[])[],
  cells: readonly (readonly string[])[],
): boolean {
  const [first] = rows;
  const from = first?.findIndex((value) => !Number.isNaN(value)) ?? -1;
  const to = (first?.findLastIndex((value) => !Number.isNaN(value)) ?? -1) + 1;
  const frame = from + (first?.length ?? 0) - to;
  if (!first || from < 0 || frame === 0 || frame > mostFrame) return false;
  if (from === 1 && to === first.length && isBesideIndex(rows, cells)) return true;
  if (to - from < fewestNumbers) return false;
  const comesAgain = cells[0]!.some(
    (word, column) =>
      (column < from || column >= to) &&
      word.trim() !== '' &&
      cells.slice(1).some((row) => row[column]?.trim() === word.trim()),
  );
  return !comesAgain && isHeaderOfNumbers(rows.map((row) => row.slice(from, to)));
}

/** `,0,1` above rows that begin with 0, 1, 2, …: a table as pandas writes it, whose columns have no names. */
function isBesideIndex(
  [first, ...below]: readonly (readonly number[])[],
  cells: readonly (readonly string[])[],
): boolean {
  const [index, ...names] = first!;
  const isBlank = Number.isNaN(index!) && cells[0]![0]!.trim() === '';
  const isCounted = (names[0] === 0 || names[0] === 1) && goesOnByOne(names);
  return isBlank && isCounted && below.length > 2 && below.every((row, at) => row[0] === below[0]![0]! + at);
}

/** `4, 5, 6`: each is one more than the one before. */
export function goesOnByOne(row: readonly number[]): boolean {
  return row.every((value, index) => value === row[0]! + index);
}

function rises(row: readonly number[]): boolean {
  return row.every((value, index) => index === 0 || value > row[index - 1]!);
}

/** Steps of one size, up or down, but for rounding of the last digit. */
function isEven(row: readonly number[]): boolean {
  const step = (row.at(-1)! - row[0]!) / (row.length - 1);
  const room = 0.05 * Math.abs(step);
  return step !== 0 && row.every((value, index) => Math.abs(value - (row[0]! + index * step)) <= room);
}
