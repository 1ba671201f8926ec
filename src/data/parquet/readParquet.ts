import * as zlib from 'node:zlib';
import type { FileMetaData } from 'hyparquet';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import { type ByteSource, readAllBytes } from '../byteSource.ts';
import { readCsv } from '../csv/readCsv.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { csvLine } from './csvLine.ts';

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
  const bytes = await readAllBytes(source, report, signal, 0.2);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const metadata = await readable(source.name, () => parquetMetadata(file));
  const names = columnsOf(metadata, source.name);
  const table: ByteSource = { ...source, chunks: () => rowsOf(file, metadata, names, source.name) };
  const dataset = await readCsv(
    table,
    { ...options, delimiter: ',', header: true, decimal: '.' },
    (_, what) => report?.(0.6, what),
    signal,
  );
  // Lines of a text that nobody has would be shown beside the map.
  const instances = dataset.instances.map(({ id, index, label, length, values, mask }) => ({
    ...{ id, index, length, values },
    ...(label !== undefined && { label }),
    ...(mask && { mask }),
  }));
  const { cells: _, ...rest } = dataset;
  return { ...rest, format: 'parquet', instances, ...(dataset.plan && { plan: planOf(dataset.plan) }) };
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

async function* rowsOf(
  file: ArrayBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  fileName: string,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(names));
  const total = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < total; rowStart += rowsAtOnce) {
    const rowEnd = Math.min(total, rowStart + rowsAtOnce);
    const rows = await readable(fileName, () =>
      parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors }),
    );
    yield Buffer.from(rows.map((row) => csvLine(names.map((name) => row[name]))).join(''));
  }
}

/** Since Node 22.15. */
const zstd = (zlib as { zstdDecompressSync?: typeof zlib.gunzipSync }).zstdDecompressSync;

const compressors = {
  GZIP: (input: Uint8Array, size: number) => zlib.gunzipSync(input, { maxOutputLength: size + 1 }),
  BROTLI: (input: Uint8Array, size: number) =>
    zlib.brotliDecompressSync(input, { maxOutputLength: size + 1 }),
  // Since Node 22.15.
  ...(zstd && { ZSTD: (input: Uint8Array, size: number) => zstd(input, { maxOutputLength: size + 1 }) }),
} as const;

/** What the library throws is about the file. */
async function readable<T>(fileName: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]!.slice(0, 160) : '';
    throw new Refusal(
      'parquet-corrupt',
      `${fileName} cannot be read as parquet (${why}); save it again, with snappy or gzip compression.`,
    );
  }
}
