import { GOES_ON, SURELY, shareOfNeighbours } from '../goesOn.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { FlatFeature } from './flatGroups.ts';
import type { Planning } from './planning.ts';

/** Fewer rows say nothing. */
const FEWEST_ROWS = 17;

/**
 * Whether rows of columns with a name and a number each (j0_x, j0_y, j1_x, …) are the steps of recordings with many numbered
 * sensors rather than flattened windows: their values go on from row to row and not from number to number. For no model.
 * @param time the column that may be the time, and the one that names recordings by several rows each
 * @throws ReadingQuestion `flat-rows` where neither is plain
 */
export function areStepsOfSensors(
  { sample, options }: Planning,
  features: readonly FlatFeature[],
  columns: { readonly time: number | null; readonly cases: number | undefined },
): boolean {
  const { input, case: given, layout, window } = options;
  const isSettled =
    input !== undefined || given !== undefined || layout !== undefined || window !== undefined;
  const rows = sample.rows.length;
  if (isSettled || options.time === null || rows < FEWEST_ROWS) return false;
  const all = features.flatMap(({ columns: some }) => some);
  const steps = features[0]!.columns.length;
  const down = shareOfNeighbours((row, at) => sample.number(row, all[at]!), rows, all.length);
  const along = shareOfNeighbours(
    (step, at) => sample.number(at % rows, features[Math.floor(at / rows)]!.columns[step]!),
    steps,
    rows * features.length,
  );
  const { time, cases } = columns;
  const haveOrder = time !== null || cases !== undefined;
  if (!(down > GOES_ON)) {
    // Noise goes on nowhere: what names recordings and times says that rows are their steps.
    if (along >= SURELY || !(time !== null && cases !== undefined)) return false;
  } else if (haveOrder && !(along >= SURELY)) return true;
  else if (!haveOrder && along > GOES_ON) return false;
  const named = (column: number | undefined | null) => (column == null ? undefined : sample.names[column]!);
  throw new ReadingQuestion({
    id: 'flat-rows',
    sentence: `${sample.fileName} has ${steps} numbered columns under each of ${features.length} names: numbered sensors of which a row is a step, or flattened windows of which a row is one`,
    ways: [
      {
        label: `a row is a step of ${all.length} sensors`,
        patch: { data: cases === undefined ? { layout: 'single' } : { layout: 'long', case: named(cases)! } },
      },
      {
        label: 'each row is a window',
        gives: `${rows} × ${steps} steps of ${features.length} features`,
        patch: { data: { case: null, time: null } },
      },
    ],
  });
}
