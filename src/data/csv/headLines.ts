import { rate } from './bodyWidth.ts';
import { notNumeric, parseCell } from './cell.ts';
import { keyedHead } from './keyedHead.ts';
import type { CsvRow } from './tokenizer.ts';

/** What a file begins with, told by its signs. */
interface HeadLines {
  readonly rest: readonly CsvRow[];
  /** Lines that begin with it are no rows. */
  readonly comment?: string;
  readonly header?: CsvRow;
}

const commentSign = /^(#|%|~|\/\/)+/;

/** The leading lines with a comment sign, of which the last may be the header, or with a key each. */
export function headLines(rows: readonly CsvRow[]): HeadLines {
  const keyed = keyedHead(rows);
  if (keyed) return keyed;
  const sign = commentSign.exec(rows[0]?.cells[0]?.trim() ?? '')?.[0][0];
  const after = rows.findIndex(({ cells }) => !cells[0]!.trim().startsWith(sign ?? '\0'));
  if (sign === undefined || after < 1) return { rest: rows };
  const last = rows[after - 1]!;
  const signed = [last.cells[0]!.trim().replace(commentSign, '').trim(), ...last.cells.slice(1)];
  const width = rate(rows.slice(after).map(({ cells }) => cells.length)).width;
  // Where blanks part the cells, the sign is one of its own: `# t ax ay`, as numpy writes it.
  const bare = signed[0] === '' && signed.length === width + 1 ? signed.slice(1) : signed;
  const holdsNames =
    width > 1 && bare.length === width && bare.every((cell) => parseCell(cell, false) === notNumeric);
  if (bare[0] === '' && after === 1 && last.cells.length === width) return { rest: rows };
  const header = holdsNames ? { cells: bare, line: last.line } : undefined;
  return { rest: rows.slice(after), comment: sign, ...(header && { header }) };
}
