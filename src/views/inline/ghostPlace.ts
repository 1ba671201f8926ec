import type { RowLines } from './rowLines.ts';

/** The text of a 0-based line, undefined behind the end of the file. */
type LineText = (line: number) => string | undefined;

/**
 * Where the line about the padding goes (0-based). `blank`: on an empty line, as if it stood in the file; `above`:
 * between two rows, above this line; `behind`: at the end of a row, the last one of the file.
 */
export interface GhostPlace {
  readonly kind: 'blank' | 'above' | 'behind';
  readonly line: number;
}

/** Padding at the front stands before the first row, all other behind the last. Null where the instance has no rows. */
export function ghostPlace(rows: RowLines, mask: Uint8Array, text: LineText): GhostPlace | null {
  const { first, last } = rows;
  if (first === undefined || last === undefined) return null;
  if (mask[0] === 0 && mask.at(-1) === 1) return { kind: 'above', line: first };
  const below = text(last + 1);
  if (below === undefined) return { kind: 'behind', line: last };
  return { kind: below.trim() === '' ? 'blank' : 'above', line: last + 1 };
}
