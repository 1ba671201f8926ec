import type { DataOptions } from '../dataOptions.ts';
import { goesOnFromRowToRow } from '../goesOn.ts';
import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { MatrixAxes } from './arrayShape.ts';
import { labelPlaces } from './flatArray.ts';
import type { SeriesArray } from './seriesArray.ts';

/** What stands beside a matrix. */
export interface BesideMatrix {
  /** Labels, lengths, ids or a mask are there, of as many instances as it has rows. */
  readonly perRow: boolean;
  /** So many names of features are told. */
  readonly names?: number | undefined;
}

/** Few recordings have more features; so many rows are series if nothing goes on from one to the next. */
const MANY = 100;
/** Series of fewer steps are rare, tables of so many features are not. */
const SHORT = 12;
const MOST_PAIRS = 4096;

type DataLayoutSaid = NonNullable<DataOptions['layout']>;
const LAYOUTS: Readonly<Partial<Record<DataLayoutSaid, MatrixAxes>>> = {
  wide: 'NT',
  transposed: 'FT',
  single: 'TF',
};

/**
 * What the axes of a matrix are where no model says it: "layout", or what stands beside it; else many rows are series where
 * nothing goes on from row to row. Anything else is asked.
 * @returns undefined where a model says it, or there is nothing to tell apart
 * @throws ReadingQuestion `matrix-axes`
 */
export function matrixAxes(
  x: SeriesArray,
  called: string,
  { layout, input, label }: DataOptions,
  { perRow, names }: BesideMatrix,
): MatrixAxes | undefined {
  const [rows = 1, columns = 1] = x.dims;
  if (x.dims.length !== 2 || input !== undefined || rows < 2 || columns < 2) return undefined;
  const said = layout && LAYOUTS[layout];
  if (said) return said;
  if (perRow || typeof label === 'string') return 'NT';
  if (names !== undefined && names > 1 && rows !== columns) {
    if (names === columns) return 'TF';
    if (names === rows) return 'FT';
  }
  const labels = label === null ? [] : labelWays(x, rows, columns);
  const number = (row: number, column: number) => x.number(row * columns + column);
  const goesOn = goesOnFromRowToRow(number, rows, columns);
  if (rows > MANY && columns > SHORT && !goesOn && labels.length === 0) return 'NT';
  throw new ReadingQuestion({
    id: 'matrix-axes',
    sentence: `${called} of shape (${rows}, ${columns}) may be ${rows} series or a single one, and nothing beside it tells which axis is that of the steps`,
    ways: inOrder(rows, columns, goesOn, labels),
  });
}

/** The likeliest first. */
function inOrder(
  rows: number,
  columns: number,
  goesOn: boolean,
  labels: readonly Alternative[],
): Alternative[] {
  const way = (layout: string, label: string, gives: string): Alternative => ({
    ...{ label, gives },
    patch: { data: { layout } },
  });
  const series = way('wide', 'each row is a series of one feature', `${rows} × ${columns} steps`);
  const steps = way('single', 'it is one series, a row a step', `1 × ${rows} steps of ${columns} features`);
  const features = way(
    'transposed',
    'it is one series, a row a feature',
    `1 × ${columns} steps of ${rows} features`,
  );
  if (labels.length > 0) return [...labels, series, steps, features];
  if (goesOn || columns <= SHORT) return [steps, series, features];
  return rows <= columns ? [series, features, steps] : [series, steps, features];
}

/** The first or the last of each row could be the class, where the others are measured. */
function labelWays({ dims, number }: SeriesArray, rows: number, columns: number): Alternative[] {
  const measured = Array.from({ length: Math.min(rows * columns, MOST_PAIRS) }, (_, at) => number(at));
  if (columns < 3 || measured.every(Number.isInteger)) return [];
  return labelPlaces(dims, number).map((column) => ({
    label: `each row is a series, and its ${column === 0 ? 'first' : 'last'} number the label`,
    gives: `${rows} × ${columns - 1} steps`,
    patch: { data: { label: `column ${column + 1}` } },
  }));
}
