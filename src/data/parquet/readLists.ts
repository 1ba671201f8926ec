import { setImmediate as breathe } from 'node:timers/promises';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { agree } from '../../format.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { refuseTooMany } from '../instanceBounds.ts';
import { datasetOf } from '../numpy/readArrays.ts';
import type { Npz } from '../numpy/readNpz.ts';
import { readColumn } from './columnChunk.ts';
import { listArrays, type ReadColumn } from './listArrays.ts';
import { type ListCell, listCell } from './listCells.ts';
import type { ColumnKind } from './listColumns.ts';
import { readable } from './readable.ts';

interface Reading {
  readonly options: DataOptions;
  readonly report?: ReportProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A table whose rows are instances, with series in columns of lists, as the arrays they are.
 * @throws Refusal `parquet-lists`, `parquet-corrupt`, `too-many-values`, those of arrays
 */
export async function readLists(
  file: AsyncBuffer,
  metadata: FileMetaData,
  kinds: readonly ColumnKind[],
  fileName: string,
  { options, report, signal }: Reading,
): Promise<Dataset> {
  const columns: ReadColumn[] = [];
  for (const [place, kind] of kinds.entries()) {
    report?.(place / kinds.length, `Reading ${fileName}, column ${place + 1} of ${kinds.length}`);
    columns.push(await readOne(file, metadata, kind, fileName, signal));
  }
  const told = listArrays(columns, flatShape(metadata), fileName, options);
  const arrays: Npz = { names: [...told.arrays.keys()], get: (name) => told.arrays.get(name) };
  const dataset = datasetOf(arrays, 'parquet', fileName, { ...options, array: told.series });
  const { maskOrigin, findings } = saidOfLists(dataset, told.shorter, fileName);
  return { ...dataset, maskOrigin, findings: [told.finding, ...findings] };
}

/** A series that is NaN behind its end was a shorter list: no NaN stands in the file, unless more series end in it. */
function saidOfLists(
  { maskOrigin, findings, instances }: Dataset,
  shorter: number,
  fileName: string,
): Pick<Dataset, 'maskOrigin' | 'findings'> {
  const padding = findings.find(({ code }) => code === 'nan-padding');
  const filled = instances.filter(({ mask }) => mask !== undefined).length;
  if (!padding || filled !== shorter) return { maskOrigin, findings };
  const [is, lacks] = [agree(shorter, 'is', 'are'), agree(shorter, 'it lacks', 'they lack')];
  const sentence = `${fileName}: ${shorter.toLocaleString('en-US')} series ${is} shorter than the longest; the steps that ${lacks} are padding.`;
  return {
    maskOrigin: 'the lengths of the lists in the file',
    findings: findings.map((one) => (one === padding ? { ...one, code: 'shorter-series', sentence } : one)),
  };
}

async function readOne(
  file: AsyncBuffer,
  metadata: FileMetaData,
  { column, depth, single }: ColumnKind,
  fileName: string,
  signal: AbortSignal | undefined,
): Promise<ReadColumn> {
  const { name } = column;
  const cells: ListCell[] = [];
  const values: unknown[] = [];
  let numbers = 0;
  let row = 0;
  for (const index of metadata.row_groups.keys()) {
    signal?.throwIfAborted();
    for (const run of await readable(fileName, () => readColumn(file, metadata, index, column))) {
      for (let at = 0; at < run.values.length; at++, row++) {
        if (depth === 0) {
          values.push(run.values[at]);
          continue;
        }
        const cell = listCell(run.values[at], depth, `${fileName}, row ${row}, column "${name}"`);
        numbers += cell.values.length;
        refuseTooMany(fileName, row + 1, numbers);
        cells.push(cell);
      }
    }
    await breathe();
  }
  if (row === 0) throw new Refusal('no-rows', `${fileName} has no rows.`);
  return depth === 0 ? { name, depth, values } : { name, depth, single, cells };
}

/** What our own tables say of their flat lists. */
function flatShape({ key_value_metadata: said }: FileMetaData) {
  const number = (key: string) => Number(said?.find((one) => one.key === key)?.value ?? Number.NaN);
  const [features, steps] = [number('attribution.features'), number('attribution.steps')];
  const isSize = (size: number) => Number.isSafeInteger(size) && size > 0;
  return isSize(features) && isSize(steps) ? { features, steps } : undefined;
}
