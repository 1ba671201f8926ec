import { basename, extname } from 'node:path';
import { readSmall } from '../files/readSmall.ts';
import type { ReportProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import { readArff } from './arff/readArff.ts';
import { type ByteSource, changedWhileRead, openBytes, readAllBytes } from './byteSource.ts';
import { readCsv } from './csv/readCsv.ts';
import { withPath } from './csv/refusedLine.ts';
import type { DataOptions, DataSource } from './dataOptions.ts';
import type { Dataset } from './dataset.ts';
import { labelFindings } from './labelFindings.ts';
import { arraysOnDisk, LARGE_ARRAYS } from './numpy/arraysOnDisk.ts';
import type { Beside } from './numpy/beside.ts';
import { companionsOf } from './numpy/companions.ts';
import { datasetOf, readArrays } from './numpy/readArrays.ts';
import { conversionOf } from './otherFormats.ts';
import { readParquet } from './parquet/readParquet.ts';
import { readTs } from './ts/readTs.ts';
import { unzipped } from './unzipped.ts';
import { windowed } from './windows.ts';

const largestCompanion = 2 ** 28;

/**
 * Reads a data file, by its ending. Large files are read in pieces with the event loop free between them.
 * @throws Refusal with one sentence naming file, line and column; the signal's reason when aborted
 */
export async function readFile(
  source: DataSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  signal?.throwIfAborted();
  const packed = /\.gz$/i.test(source.path);
  // What is not there is said so, whatever its name.
  const opened = await openBytes(
    source,
    /\.np[yz]$/i.test(source.path) ? Number.POSITIVE_INFINITY : undefined,
  );
  const read = readerFor(packed ? source.path.slice(0, -3) : source.path);
  if (packed && (read === readNumpy || read === readParquet)) {
    throw new Refusal(
      'unknown-data-format',
      `${basename(source.path)}: unpack it first; only text files are read from .gz.`,
    );
  }
  const bytes = packed ? unzipped(opened) : opened;
  try {
    const dataset = windowed(await read(bytes, options, report, signal), options);
    const said = labelFindings(dataset, opened.name);
    return said.length === 0 ? dataset : { ...dataset, findings: [...dataset.findings, ...said] };
  } catch (error) {
    // A line that is half of one file and half of another is no fault of either.
    if (error instanceof Refusal && (await opened.hasChanged?.())) throw changedWhileRead(opened.name);
    throw error instanceof Refusal ? withPath(error, source.path) : error;
  }
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
    case '.dat':
    case '.psv':
    case '.tsv':
    case '.tab':
      return readCsv;
    case '.ts':
      return readTs;
    case '.arff':
      return readArff;
    case '.parquet':
      return readParquet;
    case '.npz':
    case '.npy':
      return readNumpy;
  }
  const way = conversionOf(ending, basename(path));
  throw new Refusal(
    'unknown-data-format',
    `${way === undefined ? '' : `${basename(path)} is not read as it is; ${way}. `}Data files ending in "${ending}" are not known; use .csv, .tsv, .txt, .dat, .psv (each also as .gz), .ts (aeon, sktime), .arff, .parquet, .npz or .npy.`,
  );
}

async function readNumpy(
  source: ByteSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const beside = source.onDisk ? await besides(source.path) : {};
  if (!source.onDisk || source.size < LARGE_ARRAYS) {
    return readArrays(await readAllBytes(source, report, signal), source.name, options, beside);
  }
  const { arrays, format } = await arraysOnDisk(source, options.array, beside, report, signal);
  return datasetOf(arrays, format, source.name, options, beside);
}

/** Labels, mask and lengths that lie beside a .npy under the names that go with its own. @throws Refusal */
async function besides(path: string): Promise<Beside> {
  const found = Object.entries(companionsOf(path)).map(
    async ([role, file]) =>
      [role, { name: basename(file), bytes: await readSmall(file, largestCompanion) }] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}
