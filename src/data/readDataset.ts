import { extname } from 'node:path';
import type { ReportProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import { type ByteSource, openBytes, readAllBytes } from './byteSource.ts';
import { readCsv } from './csv/readCsv.ts';
import type { DataOptions, DataSource } from './dataOptions.ts';
import type { Dataset } from './dataset.ts';
import { readArrays } from './numpy/readArrays.ts';
import { readTs } from './ts/readTs.ts';

/**
 * Reads a data file, by its ending. Large files are read in pieces with the event loop free between them.
 * @throws Refusal with one sentence naming file, line and column; the signal's reason when aborted
 */
export async function readDataset(
  source: DataSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  signal?.throwIfAborted();
  const read = readerFor(source.path);
  const bytes = await openBytes(source);
  return read(bytes, options, report, signal);
}

type Reader = (
  source: ByteSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
) => Promise<Dataset>;

function readerFor(path: string): Reader {
  const ending = extname(path).toLowerCase();
  switch (ending) {
    case '.csv':
    case '.txt':
      return readCsv;
    case '.tsv':
    case '.tab':
      return readCsv;
    case '.ts':
      return readTs;
    case '.npz':
    case '.npy':
      return readNumpy;
  }
  throw new Refusal(
    'unknown-data-format',
    `Data files ending in "${ending}" are not known; use .csv, .tsv, .ts (aeon, sktime), .npz or .npy.`,
  );
}

async function readNumpy(
  source: ByteSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const bytes = await readAllBytes(source, (share) => {
    signal?.throwIfAborted();
    report?.(share, `Reading ${source.name}`);
  });
  return readArrays(bytes, source.name, options);
}
