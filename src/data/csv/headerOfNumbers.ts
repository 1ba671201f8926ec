/** Ids and labels beside numbered columns. */
const mostFrame = 4;
const fewestNumbers = 6;

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
  if (isEven(first) && (counted || first.length >= 6)) {
    return !looked.some(isEven);
  }
  return (
    rises(first) &&
    first.every(Number.isInteger) &&
    first[0]! >= 1 &&
    looked.flat().filter(Number.isInteger).length <= 0.02 * looked.flat().length &&
    looked.length >= 8
  );
}

/**
 * The same of a row whose first or last cells are words or blank (`index, 0, 1, 2, …, label`): a table of numbered
 * columns as its row names and labels frame it.
 */
export function isFramedHeader(rows: readonly (readonly number[])[]): boolean {
  const [first] = rows;
  const from = first?.findIndex((value) => !Number.isNaN(value)) ?? -1;
  const to = (first?.findLastIndex((value) => !Number.isNaN(value)) ?? -1) + 1;
  const frame = from + (first?.length ?? 0) - to;
  if (!first || from < 0 || frame === 0 || frame > mostFrame || to - from < fewestNumbers) return false;
  return first[from]! <= 1 && isHeaderOfNumbers(rows.map((row) => row.slice(from, to)));
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
