import type { CsvRow } from './tokenizer.ts';

const KEY = /^[A-Za-z]+=$/;
const TITLES = /^ChannelTitle=$/i;
const FEWEST = 2;

/**
 * The head that LabChart writes: lines of a key and a value for each channel (`Interval=`, `ChannelTitle=`, `Range=`), of
 * which those with the titles are the names, the time standing below the keys.
 * @returns the rows below, and the names where there are any; undefined where the file has no such head
 */
export function keyedHead(
  rows: readonly CsvRow[],
): { readonly rest: readonly CsvRow[]; readonly header?: CsvRow } | undefined {
  const isKeyed = ({ cells }: CsvRow) => KEY.test(cells[0]!.trim());
  const after = rows.findIndex((row) => !isKeyed(row));
  if (after < FEWEST) return undefined;
  const rest = rows.slice(after);
  const titles = rows.slice(0, after).find(({ cells }) => TITLES.test(cells[0]!.trim()));
  const width = rest[0]!.cells.length;
  const isWhole = titles !== undefined && titles.cells.filter((cell) => cell.trim() !== '').length === width;
  if (!isWhole) return { rest };
  return { rest, header: { cells: ['Time', ...titles.cells.slice(1, width)], line: titles.line } };
}
