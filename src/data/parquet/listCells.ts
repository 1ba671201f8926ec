import { Refusal } from '../../refusal.ts';

/** The lists of a column, a cell for each row: [outer, inner] numbers one behind the other; a list of numbers is one inner list. */
export interface ListCell {
  readonly outer: number;
  readonly inner: number;
  readonly values: Float64Array;
}

/**
 * A cell as it is decoded: nulls are NaN.
 * @param where file, column and row, as sentences call them
 * @throws Refusal `parquet-lists`
 */
export function listCell(value: unknown, depth: 1 | 2, where: string): ListCell {
  const rows = depth === 1 ? [value] : value;
  if (!isList(rows) || rows.length === 0) throw wrong(where, 'there is no list');
  const inner = isList(rows[0]) ? rows[0].length : 0;
  const values = new Float64Array(rows.length * inner);
  for (let row = 0; row < rows.length; row++) {
    const list = rows[row];
    if (!isList(list) || list.length === 0) throw wrong(where, 'there is no list');
    if (list.length !== inner) {
      throw wrong(
        where,
        `the first list has ${inner} numbers, list ${row + 1} has ${list.length}; those of an instance are of one length`,
      );
    }
    for (let at = 0; at < inner; at++) values[row * inner + at] = numberOf(list[at], where);
  }
  return { outer: rows.length, inner, values };
}

function numberOf(value: unknown, where: string): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value);
  throw wrong(where, 'a list holds something that is no number');
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function wrong(where: string, what: string): Refusal {
  return new Refusal('parquet-lists', `${where}: ${what}.`);
}
