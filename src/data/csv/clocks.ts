import { wordsSayTime } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Seconds since 1970 of 1990 and of 2100. */
const [FROM, TO] = [631_152_000, 4_102_444_800];
const FRACTIONS = [1, 1e3, 1e6, 1e9];
/** Fewer rows may go forward by chance. */
const FEWEST_ROWS = 8;

/**
 * Clocks beside the time, as devices write when a message came: numbers that never go back within an instance and are
 * seconds since 1970, or thousandths and so on, whatever their name; or any that have a time in their name. They are left
 * aside, unless the model has as many features as there are columns with them.
 */
export function leaveSecondClocks(planning: Planning, cases: readonly number[], time: number | null): void {
  const { sample, options, free } = planning;
  if (time === null) return;
  const clocks = free.filter((column) => isClock(sample, cases, column));
  const numeric = free.filter((column) => sample.profiles[column]!.kind === 'numeric').length;
  if (clocks.length === numeric || (options.input && numeric - clocks.length < options.input.features))
    return;
  planning.leave(clocks, 'a second time: never goes back within an instance');
}

function isClock(sample: Sample, cases: readonly number[], column: number): boolean {
  return saysTime(sample, column) && sample.forwardWithin(cases, column);
}

/** Many numbers whose size is that of a date in our days, or whose name holds a time. */
export function saysTime(sample: Sample, column: number): boolean {
  const { kind, runs, filled, rows } = sample.profiles[column]!;
  if (kind !== 'numeric' || filled < rows || rows < FEWEST_ROWS || runs * 2 <= filled) return false;
  const ends = [sample.number(0, column), sample.number(rows - 1, column)];
  const isDate = FRACTIONS.some((one) => ends.every((end) => end >= FROM * one && end <= TO * one));
  return isDate || (sample.named && wordsSayTime(sample.names[column]!));
}
