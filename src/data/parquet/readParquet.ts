import { setImmediate as breathe } from 'node:timers/promises';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { ByteSource } from '../byteSource.ts';
import { readCsv } from '../csv/readCsv.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { columnsOf, readRuns, type TableColumn } from './columnChunk.ts';
import { csvLine } from './csvLine.ts';
import { readFooter } from './footer.ts';
import { columnKinds } from './listColumns.ts';
import { openRanges } from './ranges.ts';
import { readable } from './readable.ts';
import { readLists } from './readLists.ts';
import { RowGroup } from './rowGroup.ts';

const rowsAtOnce = 4096;
/** Share of the work that decoding a group's columns is, as the progress shows it. */
const DECODING = 0.3;
const textAtOnce = 2 ** 20;
/** Cells that are read; what repeats takes no place in a file, so that a small one may claim anything. */
const mostCells = 2 ** 28;
const freeCells = 2 ** 23;
const cellsPerByte = 64;
/** Characters of all cells together: a text that stands in the file once may stand in each of its rows. */
const freeText = 2 ** 27;
const textPerByte = 1024;

/**
 * Reads a parquet file (hyparquet) as the table it is: its columns are understood like those of a CSV file, or, where some hold
 * lists, like the arrays of an archive.
 * @throws Refusal as readCsv does, `parquet-corrupt`, `parquet-nested`, `parquet-lists`
 */
export async function readParquet(
  source: ByteSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const { file, close } = await openRanges(source);
  try {
    const metadata = await readFooter(file, source.name);
    const kinds = columnKinds(columnsOf(metadata), source.name);
    const columns = kinds.map(({ column }) => column);
    refuseTooLarge(metadata, columns, source.name, file.byteLength);
    if (kinds.some(({ depth }) => depth > 0)) {
      return await readLists(file, metadata, kinds, source.name, { options, report, signal });
    }
    const rows = () => rowsOf(file, metadata, columns, source.name, report);
    const table: ByteSource = { ...source, chunks: rows };
    return ofParquet(
      await readCsv(table, { ...options, delimiter: ',', header: true, decimal: '.' }, undefined, signal),
    );
  } finally {
    await close();
  }
}

/** Lines of a text that nobody has would be shown beside the map. */
function ofParquet({ cells: _, plan, ...dataset }: Dataset): Dataset {
  const values = (index: number) => dataset.instances[index]!.values;
  const times = dataset.time && ((index: number) => dataset.instances[index]!.times!);
  const instances = dataset.instances.map(
    ({ id, index, label, length, mask }) =>
      new LazyInstance({ id, index, label, length, mask }, values, undefined, times),
  );
  return { ...dataset, format: 'parquet', instances, ...(plan && { plan: planOf(plan) }) };
}

function planOf({ table: _, ...plan }: NonNullable<Dataset['plan']>): NonNullable<Dataset['plan']> {
  return { ...plan, format: 'parquet' };
}

/** @throws Refusal `too-many-values` */
function refuseTooLarge(
  metadata: FileMetaData,
  columns: readonly TableColumn[],
  fileName: string,
  fileBytes: number,
): void {
  const rows = metadata.num_rows;
  if (
    Number(rows) * Math.max(1, columns.length) >
    Math.min(mostCells, freeCells + cellsPerByte * fileBytes)
  ) {
    throw new Refusal(
      'too-many-values',
      `${fileName} says it has ${rows} rows of ${columns.length} columns in ${fileBytes} bytes, more than is read.`,
    );
  }
}

/** Group by group, each column of it decoded once. */
async function* rowsOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly TableColumn[],
  fileName: string,
  report: ReportProgress | undefined,
): AsyncGenerator<Uint8Array> {
  const names = columns.map(({ name }) => name);
  yield Buffer.from(await readable(fileName, () => csvLine(names)));
  const total = Number(metadata.num_rows);
  let done = 0;
  let written = 0;
  for (const [index, { num_rows }] of metadata.row_groups.entries()) {
    const group = new RowGroup();
    // One after the other: a decoded column takes many times its place in the file until it is compact.
    for (const [place, column] of columns.entries()) {
      const decoded = (DECODING * place * Number(num_rows)) / columns.length;
      report?.((done + decoded) / total, `Reading ${fileName}, column ${place + 1} of ${columns.length}`);
      const take = group.column();
      await readable(fileName, () => readRuns(file, metadata, index, column, take));
    }
    const rows = Number(num_rows);
    for (let from = 0; from < rows; ) {
      let row = from;
      const lines = await readable(fileName, () => {
        let text = '';
        while (row < Math.min(rows, from + rowsAtOnce) && text.length < textAtOnce) {
          text += csvLine(group.row(row++));
        }
        return text;
      });
      done += row - from;
      from = row;
      written += lines.length;
      if (written > freeText + textPerByte * file.byteLength) {
        throw new Refusal(
          'too-many-values',
          `${fileName}: the texts of its first ${done} rows are more than is read of a file of ${file.byteLength} bytes.`,
        );
      }
      yield Buffer.from(lines);
      const said = done.toLocaleString('en-US');
      const reached = done + DECODING * (rows - from);
      report?.(reached / total, `Reading ${fileName}, ${said} of ${total.toLocaleString('en-US')} rows`);
      await breathe();
    }
  }
}
