import { countClasses, fewWholeNumbers } from './classNumbers.ts';
import type { Sample } from './sample.ts';

/** Share of the columns that may be whole numbers where the signal is none. */
const MOST_WHOLE = 0.25;
/** As many times more different numbers a signal of whole numbers has. */
const FEWER = 4;

/**
 * The first or last of columns that are named alike, where it holds whole numbers of few kinds and the columns between
 * hold something else: a class that was numbered along with the steps.
 */
export function classesAtEnds(sample: Sample, columns: readonly number[]): number[] {
  const { profiles, rows } = sample;
  const inner = columns.slice(1, -1);
  if (inner.length < 2 || rows.length < 3) return [];
  // Constant ones are padding.
  const whole = inner.filter((column) => profiles[column]!.whole && profiles[column]!.distinct > 1);
  const isReal = whole.length <= MOST_WHOLE * inner.length;
  const kinds = inner.map((column) => profiles[column]!.distinct).toSorted((a, b) => a - b)[
    inner.length >> 1
  ]!;
  return [
    { column: columns[0]!, beside: columns[1]! },
    { column: columns.at(-1)!, beside: columns.at(-2)! },
  ].flatMap(({ column, beside }) => {
    const { distinct, filled } = profiles[column]!;
    const isClass = fewWholeNumbers(sample, column) || countClasses(sample, column);
    if (!isClass || distinct < 2 || filled < rows.length) return [];
    const fewer = distinct * FEWER <= Math.min(kinds, profiles[beside]!.distinct);
    return isReal || fewer || standsApart(sample, column, inner) ? [column] : [];
  });
}

/** Its numbers lie outside all that the steps have: 0, 1, 2 beside 95 … 99. */
export function standsApart(sample: Sample, column: number, steps: readonly number[]): boolean {
  const own = rangeOf(sample, [column]);
  const theirs = rangeOf(sample, steps);
  return own.most < theirs.least || own.least > theirs.most;
}

/** Some of its numbers lie outside all that the steps have: 2 beside states of 0 and 1. */
export function reachesOut(sample: Sample, column: number, steps: readonly number[]): boolean {
  const own = rangeOf(sample, [column]);
  const theirs = rangeOf(sample, steps);
  return own.most > theirs.most || own.least < theirs.least;
}

/** Of what is there: numbers of short series end early. */
function rangeOf(
  { rows, number }: Sample,
  columns: readonly number[],
): { readonly least: number; readonly most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows.keys()) {
    for (const column of columns) {
      const value = number(row, column);
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return { least, most };
}
