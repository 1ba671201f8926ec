import { count } from '../../format.ts';
import { GOES_ON, goesOnFromRowToRow, shareOfNeighbours } from '../goesOn.ts';
import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { numberedColumns } from './stepNames.ts';

/** Fewer rows may be alike by chance. */
const FEWEST_ROWS = 32;
/** Series in rows are rarely shorter. */
const SHORT = 16;
/** Rows apart, and how much farther than neighbours rows so far apart are in a series; in rows of one class they are no farther. */
const [APART, FARTHER] = [4, 1.3];
/** By how much numbers beside each other differ more than those below each other. */
const JUMPS = 2;
/** Names that say it: t0, time_1, step 2, lag_3, h4, 5h. */
const SURELY_STEPS = /^(t|time|timestep|step|lag|h|hour|min|minute|sec|second|day|ms)s?[ _.:-]*$/i;

/**
 * A table for a model of one feature of which values go on down the rows and not along them: signals in columns, as
 * spreadsheets and recorders write them, rather than a series in each row.
 * @param numeric the columns that are steps otherwise
 * @throws ReadingQuestion `series-in-columns`
 */
export function askSeriesInColumns({ sample, options, used }: Planning, numeric: readonly number[]): void {
  const { input, layout, features } = options;
  const [rows, width] = [sample.rows.length, numeric.length];
  if (layout !== undefined || features !== undefined || rows < FEWEST_ROWS || input?.steps === width) return;
  const beside = sample.names.flatMap((_, at) => (used.has(at) || numeric.includes(at) ? [] : [at]));
  const labels = sample.named ? namedFor('label', sample.names) : [];
  const classes = beside.filter((at) => labels.includes(at) || sample.profiles[at]!.kind === 'text');
  // A class that changes nearly from row to row is that of a series in the row.
  if (classes.some((at) => sample.profiles[at]!.runs * 3 > sample.profiles[at]!.filled)) return;
  const stem = sample.named ? numberedColumns(sample.names, numeric)?.stem : undefined;
  if (stem !== undefined && SURELY_STEPS.test(stem.replace(':', ''))) return;
  const number = (row: number, at: number) => sample.number(row, numeric[at]!);
  const isShort = width < SHORT && classes.length === 0;
  const goesDown = isNearerDown(number, rows, width) && (isShort || goesFarther(number, rows, width));
  if (!goesDown && !jumpsAlong(number, rows, width)) return;
  throw new ReadingQuestion({
    id: 'series-in-columns',
    sentence: `${sample.fileName} has ${width} columns of numbers that go on from row to row rather than along a row, and the model takes one feature: each column is a series, or each row is one`,
    ways: [
      seriesInColumns(width, classes.length > 0 ? numeric.map((at) => sample.names[at]!) : undefined),
      {
        label: `each row is a series of ${width} steps`,
        gives: count(rows, 'instance'),
        patch: { data: { layout: 'wide' } },
      },
    ],
  });
}

/** A column is a series. @param names of them, where others stand beside them */
export function seriesInColumns(columns: number, names?: readonly string[]): Alternative {
  return {
    label: 'each column is a series of its own',
    gives: count(columns, 'instance'),
    patch: { data: { layout: 'columns', ...(names && { features: names }) } },
  };
}

/** Whether numbers go on from row to row, and are nearer to those above than to those before them in their row. */
export function isNearerDown(
  number: (row: number, at: number) => number,
  rows: number,
  columns: number,
): boolean {
  if (!goesOnFromRowToRow(number, rows, columns)) return false;
  const { down, along } = steps(number, rows, columns);
  return down < along;
}

/** Whether numbers hardly differ from row to row, and jump from column to column without going on: sensors of different kinds. */
function jumpsAlong(number: (row: number, at: number) => number, rows: number, columns: number): boolean {
  const { down, along } = steps(number, rows, columns);
  if (down * JUMPS >= along) return false;
  return !(shareOfNeighbours((at, row) => number(row, at), columns, rows) > GOES_ON);
}

/** Sums of what a number differs from the one above, and from the one before it in its row. */
function steps(
  number: (row: number, at: number) => number,
  rows: number,
  columns: number,
): { readonly down: number; readonly along: number } {
  let [down, along] = [0, 0];
  for (let row = 1; row < rows; row++) {
    for (let at = 1; at < columns; at++) {
      const here = number(row, at);
      const [above, before] = [Math.abs(here - number(row - 1, at)), Math.abs(here - number(row, at - 1))];
      if (!Number.isFinite(above + before)) continue;
      down += above;
      along += before;
    }
  }
  return { down, along };
}

/** Whether rows some way apart are farther from each other than neighbours, most of which are of one class where rows are sorted. */
function goesFarther(number: (row: number, at: number) => number, rows: number, columns: number): boolean {
  const distances = (lag: number) =>
    Float64Array.from({ length: rows - lag }, (_, row) => {
      let sum = 0;
      for (let at = 0; at < columns; at++) {
        const apart = Math.abs(number(row + lag, at) - number(row, at));
        if (Number.isFinite(apart)) sum += apart;
      }
      return sum;
    }).sort();
  const middle = (lag: number) => distances(lag)[Math.floor((rows - lag) / 2)]!;
  return middle(APART) > FARTHER * middle(1);
}
