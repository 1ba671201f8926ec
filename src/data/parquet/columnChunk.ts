import { setImmediate as breathe } from 'node:timers/promises';
import type { AsyncBuffer, ColumnData, Compressors, FileMetaData } from 'hyparquet';
import { parquetRead, parquetSchema } from 'hyparquet';
import { getTreePath, isFlatColumn } from 'hyparquet/src/schema.js';
import { mostValues } from './claims.ts';
import { openPages } from './pages.ts';

/** Rows decoded at once. */
const ROWS = 2 ** 17;

/** A run of values; `from` is the row of the first in its group. */
export interface Stretch {
  readonly from: number;
  readonly values: ArrayLike<unknown>;
}

/** What a column is, apart from its rows. */
export interface TableColumn {
  readonly name: string;
  /** Of its elements in the schema, the first its own. */
  readonly schema: FileMetaData['schema'];
}

/** Columns of the table, in their order; one that holds others brings them. */
export function columnsOf({ schema }: FileMetaData): TableColumn[] {
  const columns: TableColumn[] = [];
  for (let at = 1; at < schema.length; ) {
    let next = at;
    for (let open = 1; open > 0; next++) open += (schema[next]!.num_children ?? 0) - 1;
    columns.push({ name: schema[at]!.name, schema: schema.slice(at, next) });
    at = next;
  }
  return columns;
}

/**
 * Reads one column of one group of rows; lists are lists.
 * @throws Error whose message is for a person where it begins with "parquet"
 */
export async function readColumn(
  file: AsyncBuffer,
  metadata: FileMetaData,
  group: number,
  column: TableColumn,
): Promise<Stretch[]> {
  const runs: Stretch[] = [];
  await readRuns(file, metadata, group, column, (run) => runs.push(run));
  return runs;
}

/**
 * The same, run by run: what is decoded takes many times its place in the file until it is made compact.
 * @param take given the runs in their order
 */
export async function readRuns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  group: number,
  column: TableColumn,
  take: (run: Stretch) => void,
): Promise<void> {
  const rowGroup = metadata.row_groups[group]!;
  const chunks = rowGroup.columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === column.name);
  const [chunk] = chunks;
  if (chunks.length !== 1 || !chunk?.meta_data) throw new Error('parquet column of several parts');
  const meta = chunk.meta_data;
  const rows = Number(rowGroup.num_rows);
  // Of many columns the library would build the tree for each.
  const alone: FileMetaData = {
    ...metadata,
    num_rows: rowGroup.num_rows,
    schema: [{ ...metadata.schema[0]!, num_children: 1 }, ...column.schema],
    row_groups: [{ ...rowGroup, columns: [chunk] }],
  };
  const path = getTreePath(parquetSchema(alone), meta.path_in_schema);
  const flat = isFlatColumn(path);
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const end = start + Number(meta.total_compressed_size);
  if (!(start >= 0 && start <= end && end <= file.byteLength)) throw new Error('damaged');
  const bytes = await file.slice(start, end);
  const pages = openPages({
    ...{ bytes: new Uint8Array(bytes), meta, path, flat },
    rows: flat ? rows : mostValues(file.byteLength),
  });
  const open = (packed: Uint8Array) => pages.get(packed.byteOffset)!;
  const compressors: Compressors = { [meta.codec]: open };
  let read = 0;
  while (read < rows) {
    const before = read;
    const decoded: Pick<ColumnData, 'rowStart' | 'columnData'>[] = [];
    await parquetRead({
      ...{ file: { byteLength: file.byteLength, slice: () => bytes }, metadata: alone, compressors },
      ...{ columns: [column.name], rowStart: read, rowEnd: flat ? Math.min(rows, read + ROWS) : rows },
      onChunk: (chunk) => decoded.push(chunk),
    });
    // Pages are decoded whole, so that rows before these may come again.
    for (const { rowStart, columnData } of decoded) {
      const known = read - rowStart;
      if (known < 0) throw new Error('damaged');
      if (known >= columnData.length) continue;
      take({ from: read, values: known === 0 ? columnData : columnData.slice(known) });
      read += columnData.length - known;
    }
    if (read === before || read > rows) throw new Error('damaged');
    await breathe();
  }
}
