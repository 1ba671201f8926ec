import type { FileMetaData, SchemaElement } from 'hyparquet';

/** Values that a group of rows may have for nothing: what repeats takes no place in a file. */
const FREE = 2 ** 22;
const PER_BYTE = 8;
const FREE_CELLS = 2 ** 25;

/** Values of one column in one group of rows, in a file of so many bytes: beyond that, nothing is decoded. */
export function mostValues(fileBytes: number): number {
  return FREE + PER_BYTE * fileBytes;
}

/** What a footer says about its rows, columns and groups, against each other and against the bytes that are there. */
export function checkClaims({ schema, num_rows: rows, row_groups: groups }: FileMetaData, fileBytes: number) {
  checkSchema(schema);
  let sum = 0n;
  for (const { num_rows: count, columns } of groups) {
    if (typeof count !== 'bigint' || count < 0n) throw new Error('damaged');
    sum += count;
    if (count > mostValues(fileBytes)) {
      throw new Error(`parquet group of ${count} rows in a file of ${fileBytes} bytes`);
    }
    if (Number(count) * columns.length > FREE_CELLS + PER_BYTE * fileBytes) {
      throw new Error(
        `parquet group of ${count} rows of ${columns.length} columns in a file of ${fileBytes} bytes`,
      );
    }
  }
  if (sum !== rows) throw new Error('parquet groups of other rows than the file says');
}

/** The tree has as many nodes as there are elements. */
function checkSchema(schema: readonly SchemaElement[]): void {
  let open = 1;
  for (const { num_children: children = 0 } of schema) {
    if (open < 1 || children < 0) throw new Error('damaged');
    open += children - 1;
  }
  if (open !== 0) throw new Error('damaged');
}
