import { changesOnlyAt, startsOf } from './borders.ts';
import { isCaseName, namedFor, namesDevice, timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Fewer rows may go up by one by chance. */
const FEWEST_ROWS = 8;
/** Of one repetition. */
const FEWEST_OF_RUN = 3;

/** `sample` beside `window_id` counts the steps of each window: it names no instance itself. */
export function countsInOthers(sample: Sample, free: readonly number[], column: number): boolean {
  if (timeName(sample.names[column]!) === null || !sample.profiles[column]!.whole) return false;
  const labels = namedFor('label', sample.names);
  const others = free.filter((other) => other !== column && isCaseName(sample.names[other]!));
  if (others.some((other) => isInRuns(sample, other) && sample.countsWithin([other], column))) return true;
  // The repetitions of each person's exercises.
  const together = [
    ...others,
    ...labels.filter((other) => other !== column && !others.includes(other)),
  ].filter((other) => staysInRuns(sample, other));
  if (others.length > 0 && together.length > 1 && sample.countsWithin(together, column)) return true;
  return countsInBlocks(sample, free, column);
}

/** The runs of each fault, of each machine: columns of any name that change nowhere but where it begins again. */
function countsInBlocks(sample: Sample, free: readonly number[], column: number): boolean {
  const { rows, number, names } = sample;
  const starts = startsOf(rows.map((_, at) => number(at, column)));
  const blocks = free.filter(
    (other) =>
      other !== column &&
      sample.profiles[other]!.distinct > 1 &&
      staysInRuns(sample, other) &&
      changesOnlyAt(sample, other, starts),
  );
  const isNamed = blocks.some((other) => isCaseName(names[other]!) || namesDevice(names[other]!));
  return isNamed && sample.countsWithin(blocks, column);
}

function staysInRuns({ profiles }: Sample, column: number): boolean {
  return profiles[column]!.runs * FEWEST_OF_RUN <= profiles[column]!.filled;
}

function isInRuns({ profiles }: Sample, column: number): boolean {
  const { runs, distinct, filled } = profiles[column]!;
  return distinct > 1 && runs === distinct && filled >= 2 * runs;
}

/** The column that counts the rows of every instance, where no other is the time; null where none or several do. */
export function countOfRows({ sample, options, free }: Planning, cases: readonly number[]): number | null {
  if (!sample.named || sample.rows.length < FEWEST_ROWS) return null;
  const numeric = free.filter((column) => sample.profiles[column]!.kind === 'numeric');
  if (options.input && numeric.length <= options.input.features) return null;
  const counting = numeric.filter(
    (column) =>
      sample.profiles[column]!.whole &&
      sample.profiles[column]!.back > 0 &&
      sample.countsWithin(cases, column),
  );
  return counting.length === 1 && numeric.length > 1 ? counting[0]! : null;
}
