import { type Tensor, tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { refuseTooMany } from '../instanceBounds.ts';
import type { ListCell } from './listCells.ts';

/** A column of lists: its name and its cells. */
export interface ListColumn {
  readonly name: string;
  readonly single: boolean;
  readonly cells: readonly ListCell[];
}

/** How the writer of a flat list says that it is cut: F features of T steps. */
export interface FlatShape {
  readonly features: number;
  readonly steps: number;
}

/**
 * Columns of which each is a feature of the row's series. [N, F, T]; shorter series end in NaN.
 * @throws Refusal `parquet-lists` where the lists of a row differ in length, `too-many-values`
 */
export function featureColumns(columns: readonly ListColumn[], fileName: string): Tensor {
  const [first] = columns as [ListColumn];
  for (const { name, cells } of columns) {
    const row = cells.findIndex(({ inner }, at) => inner !== first.cells[at]!.inner);
    if (row >= 0) {
      throw new Refusal(
        'parquet-lists',
        `${fileName}, row ${row}: column "${first.name}" has ${first.cells[row]!.inner} numbers, "${name}" has ${cells[row]!.inner}; a step is one for all features. Name the column that holds the series as "array" under "data" in attribution.json.`,
      );
    }
  }
  const steps = longest(first.cells.map(({ inner }) => inner));
  const x = room(
    [first.cells.length, columns.length, steps],
    columns.every(({ single }) => single),
    fileName,
  );
  for (const [feature, { cells }] of columns.entries()) {
    for (const [row, { values }] of cells.entries()) {
      x.data.set(values, (row * columns.length + feature) * steps);
    }
  }
  return x;
}

/**
 * One column that holds whole series: a list for each feature, or, where the lists within all rows are of one length and
 * their number is not, for each step. [N, F, T], or [N, a, b] where neither differs; shorter series end in NaN.
 * @throws Refusal `parquet-lists`, `too-many-values`
 */
export function wholeSeries({ name, single, cells }: ListColumn, fileName: string): Tensor {
  const [outer, inner] = [longest(cells.map((cell) => cell.outer)), longest(cells.map((cell) => cell.inner))];
  const sameOuter = cells.every((cell) => cell.outer === outer);
  if (sameOuter) {
    const x = room([cells.length, outer, inner], single, fileName);
    for (const [row, { values, inner: length }] of cells.entries()) {
      for (let list = 0; list < outer; list++) {
        x.data.set(values.subarray(list * length, (list + 1) * length), (row * outer + list) * inner);
      }
    }
    return x;
  }
  const other = cells.findIndex((cell) => cell.inner !== inner);
  if (other >= 0) {
    throw new Refusal(
      'parquet-lists',
      `${fileName}: column "${name}" has neither as many lists in every row nor lists of one length (row ${other}: ${cells[other]!.outer} of ${cells[other]!.inner}), so features and steps cannot be told apart.`,
    );
  }
  const x = room([cells.length, inner, outer], single, fileName);
  for (const [row, { values, outer: steps }] of cells.entries()) {
    for (let step = 0; step < steps; step++) {
      for (let feature = 0; feature < inner; feature++) {
        x.data[(row * inner + feature) * outer + step] = values[step * inner + feature]!;
      }
    }
  }
  return x;
}

/** Flat lists of F · T numbers, feature after feature, as their writer says. [N, F, T] @throws Refusal `parquet-lists` */
export function cutSeries(
  { name, single, cells }: ListColumn,
  { features, steps }: FlatShape,
  fileName: string,
): Tensor {
  const other = cells.findIndex(({ inner }) => inner !== features * steps);
  if (other >= 0) {
    throw new Refusal(
      'parquet-lists',
      `${fileName}, row ${other}: column "${name}" has ${cells[other]!.inner} numbers where the file says ${features} features × ${steps} steps.`,
    );
  }
  const x = room([cells.length, features, steps], single, fileName);
  for (const [row, { values }] of cells.entries()) x.data.set(values, row * features * steps);
  return x;
}

function longest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}

/** @throws Refusal `too-many-values` before anything is allocated */
function room(dims: readonly [number, number, number], single: boolean, fileName: string) {
  const size = dims[0] * dims[1] * dims[2];
  refuseTooMany(fileName, dims[0], size);
  return single
    ? tensor('float32', dims, new Float32Array(size).fill(Number.NaN))
    : tensor('float64', dims, new Float64Array(size).fill(Number.NaN));
}
