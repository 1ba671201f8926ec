import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import { isMaskName } from '../numpy/arrayNames.ts';
import type { NpyArray } from '../numpy/readNpy.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { ListCell } from './listCells.ts';
import { cutSeries, type FlatShape, featureColumns, type ListColumn, wholeSeries } from './listSeries.ts';

/** A column with all its rows: values, or lists. */
export type ReadColumn =
  | { readonly name: string; readonly depth: 0; readonly values: readonly unknown[] }
  | (ListColumn & { readonly depth: 1 | 2 });

type Lists = Extract<ReadColumn, { readonly cells: readonly ListCell[] }>;

/** The table as arrays under the names that arrays of an archive have. */
interface ListArrays {
  readonly arrays: ReadonlyMap<string, NpyArray>;
  /** The array that holds the series. */
  readonly series: string;
  /** What was taken for what. */
  readonly finding: Finding;
  /** Rows with fewer numbers than the longest. */
  readonly shorter: number;
}

const ID = /^(id|ids|instance|instance_ids?|case|case_id|series_id)$/i;
const MOST_ASKED = 6;

/**
 * Which column is what: a column of lists under a mask's name is the mask; one other holds whole series, several of them
 * a feature each where their lists are of one length in every row.
 * @param flat how a list of all features is cut, where the file says so
 * @throws Refusal `parquet-lists`, `too-many-values`; ReadingQuestion `several-arrays`
 */
export function listArrays(
  columns: readonly ReadColumn[],
  flat: FlatShape | undefined,
  fileName: string,
  options: DataOptions,
): ListArrays {
  const lists = columns.filter((column): column is Lists => column.depth > 0);
  const masks = lists.filter(
    ({ name, depth }) =>
      depth === 1 && (options.maskColumn === undefined ? isMaskName(name) : name === options.maskColumn),
  );
  const chosen = seriesOf(
    lists.filter((one) => !masks.includes(one)),
    fileName,
    options,
  );
  const arrays = new Map<string, NpyArray>();
  for (const mask of masks) arrays.set(mask.name, wholeSeries(mask, fileName));
  for (const column of columns) {
    // A column of nothing says nothing.
    if (!('values' in column) || column.values.every((value) => value === null || value === undefined))
      continue;
    arrays.set(roleName(column.name, columns, options), valuesOf(column.values));
  }
  for (const [name, array] of arrays)
    if (masks.some((mask) => mask.name === name)) arrays.set(name, inTwo(array));
  const [first] = chosen as [Lists];
  const several = chosen.length > 1;
  const series = several ? freeName(arrays) : first.name;
  const x = several
    ? featureColumns(chosen, fileName)
    : first.depth === 1 && flat
      ? cutSeries(first, flat, fileName)
      : wholeSeries(first, fileName);
  arrays.set(series, !several && first.depth === 1 && !flat && isFlat(x.dims, options) ? inTwo(x) : x);
  if (several) arrays.set('feature_names', texts(chosen.map(({ name }) => name)));
  const aside = lists.filter((one) => !masks.includes(one) && !chosen.includes(one));
  const numbers = first.cells.map(({ values }) => values.length);
  const most = numbers.reduce((found, one) => Math.max(found, one), 0);
  const shorter = numbers.filter((one) => one < most).length;
  return { arrays, series, finding: findingOf(chosen, aside, fileName), shorter };
}

/** @throws ReadingQuestion `several-arrays`, Refusal `no-x` */
function seriesOf(
  lists: readonly Lists[],
  fileName: string,
  { array, features }: DataOptions,
): readonly Lists[] {
  const named = lists.filter(({ name }) => name === array);
  if (named.length > 0) return named;
  const names = lists.map(({ name }) => name);
  if (array !== undefined || lists.length === 0) {
    const what =
      array === undefined
        ? 'holds no lists but masks'
        : `has no column of lists "${array}", which "array" under "data" names`;
    throw new Refusal(
      'no-x',
      `${fileName} ${what}; its columns of lists are ${listed(names, 12) || 'none'}.`,
    );
  }
  if (features?.every((name) => names.includes(name))) {
    return features.map((name) => lists.find((one) => one.name === name)!);
  }
  const [first] = lists as [Lists];
  const alike = lists.every(
    ({ depth, cells }) => depth === 1 && cells.every(({ inner }, row) => inner === first.cells[row]!.inner),
  );
  if (lists.length === 1 || alike) return lists;
  throw new ReadingQuestion({
    id: 'several-arrays',
    sentence: `${fileName} has several columns of lists that differ in length (${listed(names, 12)}), so they are not the features of one series`,
    ways: names
      .slice(0, MOST_ASKED)
      .map((name) => ({ label: `${name} holds the series`, patch: { data: { array: name } } })),
  });
}

/** Whether a list of one row has to be cut into features: as a row of a matrix has, which is asked about. */
function isFlat([, , width]: readonly number[], { input, layout }: DataOptions): boolean {
  // A row is an instance, which a matrix alone does not say.
  if (!input) return false;
  if (input.features === 1) return true;
  return width === (input.steps ?? 0) * input.features || layout === 'flatFT' || layout === 'flatTF';
}

function inTwo(array: NpyArray): NpyArray {
  const [rows, , width] = array.dims;
  return { ...array, dims: [rows!, width!] };
}

/** Under what name arrays have it: attribution.json's words for columns hold for these, too. */
function roleName(name: string, columns: readonly ReadColumn[], options: DataOptions): string {
  if (options.case !== undefined) return name === options.case ? 'instance_ids' : name;
  const ids = columns.filter(
    (column) => column.depth === 0 && ID.test(column.name) && !comeAgain(column.values),
  );
  return ids[0]?.name === name ? 'instance_ids' : name;
}

/** Ids that come again throughout are those of persons; one that stands twice is a mistake, which is refused. */
function comeAgain(values: readonly unknown[]): boolean {
  return values.length > 3 && new Set(values.map(String)).size * 2 <= values.length;
}

function valuesOf(values: readonly unknown[]): NpyArray {
  const isNumber = (value: unknown) => typeof value === 'number' || typeof value === 'bigint';
  if (!values.every(isNumber))
    return texts(values.map((value) => (value === null || value === undefined ? '' : `${value}`)));
  return tensor('float64', [values.length], Float64Array.from(values, Number));
}

function texts(data: readonly string[]): NpyArray {
  return { dtype: 'text', dims: [data.length], data };
}

function freeName(arrays: ReadonlyMap<string, NpyArray>): string {
  let name = 'x';
  while (arrays.has(name)) name += 'x';
  return name;
}

function findingOf(chosen: readonly Lists[], aside: readonly Lists[], fileName: string): Finding {
  const names = chosen.map(({ name }) => name);
  const what =
    chosen.length > 1
      ? `columns ${listed(names, 12)} hold lists of one length in each row: each is a feature of the row's series`
      : `column ${names[0]} holds the series of each row`;
  const others = aside.map(({ name }) => name);
  const left = others.length > 0 ? `; ${listed(others, 12)} not used` : '';
  return { code: 'parquet-lists', severity: 'info', sentence: `${fileName}: ${what}${left}.` };
}
