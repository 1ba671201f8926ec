import { setImmediate as breathe } from 'node:timers/promises';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { parquetMetadataAsync, parquetRead } from 'hyparquet';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { ByteSource } from '../byteSource.ts';
import { readCsv } from '../csv/readCsv.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { compressors } from './compressors.ts';
import { csvLine } from './csvLine.ts';
import { openRanges } from './ranges.ts';
import { readable } from './readable.ts';
import { RowGroup } from './rowGroup.ts';

const rowsAtOnce = 4096;
/** Cells of a file that small may not claim more. */
const mostCells = 2 ** 28;

/**
 * Reads a parquet file (hyparquet) as the table it is; its columns are understood like those of a CSV file.
 * @throws Refusal as readCsv does, `parquet-corrupt`, `parquet-nested`
 */
export async function readParquet(
  source: ByteSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const { file, close } = await openRanges(source);
  try {
    const metadata = await readable(source.name, () => parquetMetadataAsync(file));
    const names = columnsOf(metadata, source.name);
    const rows = () => rowsOf(file, metadata, names, source.name, report);
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

/** @throws Refusal `parquet-nested` */
function columnsOf({ schema, num_rows: rows }: FileMetaData, fileName: string): string[] {
  const columns = schema.slice(1);
  const nested = columns.find(({ num_children: children }) => children !== undefined && children > 0);
  if (nested) {
    throw new Refusal(
      'parquet-nested',
      `${fileName}: column "${nested.name}" holds lists; save one row per step, with a column that names the instance.`,
    );
  }
  if (Number(rows) * columns.length > mostCells) {
    throw new Refusal(
      'too-many-values',
      `${fileName} says it has ${rows} rows of ${columns.length} columns, more than is read.`,
    );
  }
  return columns.map(({ name }) => name);
}

/** Group by group, each column of it decoded once. */
async function* rowsOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  fileName: string,
  report: ReportProgress | undefined,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(names));
  const total = Number(metadata.num_rows);
  let groupStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const groupEnd = Math.min(total, groupStart + Number(num_rows));
    const group = new RowGroup(names);
    const range = { rowStart: groupStart, rowEnd: groupEnd };
    const onChunk = (chunk: Parameters<RowGroup['add']>[0]) => group.add(chunk);
    // One after the other: a decoded column takes many times its place in the file until it is compact.
    for (const column of names) {
      await readable(fileName, () =>
        parquetRead({ file, metadata, compressors, columns: [column], onChunk, ...range }),
      );
    }
    for (let from = groupStart; from < groupEnd; from += rowsAtOnce) {
      const end = Math.min(groupEnd, from + rowsAtOnce);
      let lines = '';
      for (let row = from; row < end; row++) lines += csvLine(group.row(row));
      yield Buffer.from(lines);
      const done = end.toLocaleString('en-US');
      report?.(end / total, `Reading ${fileName}, ${done} of ${total.toLocaleString('en-US')} rows`);
      await breathe();
    }
    groupStart = groupEnd;
  }
}
