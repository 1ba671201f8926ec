import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { Layout } from './layout.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Of a recording; fewer numbers may rise by chance. */
const FEWEST_ROWS = 17;
/** Steps of one size, but for the rounding of the last digit, which is so small beside them. */
const EVEN = 0.02;
const DIGITS = 5;

/**
 * One column of numbers rises from row to row of every instance, and no model says how many features there are. Where no
 * column is the time it is a clock whose steps are uneven, or a signal that only rises, such as a distance; where one is, a
 * second clock that goes on by one step within each instance, or such a signal.
 * @param columns that are features otherwise
 * @throws ReadingQuestion `odd-feature`
 */
export function askForward(
  { sample, options }: Planning,
  { layout: { layout, case: cases }, time }: { readonly layout: Layout; readonly time: number | null },
  columns: readonly number[],
): void {
  if (options.time !== undefined || options.features !== undefined || sample.rows.length < FEWEST_ROWS)
    return;
  const isLong = layout === 'long' && cases.length > 0;
  if (time !== null && !isLong) return;
  const rising = columns.filter(
    (column) =>
      rises(sample, isLong ? cases : [], column) && (time === null || isEvenWithin(sample, cases, column)),
  );
  // Where all rise, they were made so.
  if (rising.length !== 1 || columns.length < 2) return;
  const name = sample.names[rising[0]!]!;
  const where = isLong ? 'row to row of every instance' : 'row to row';
  const all = columns.map((column) => sample.names[column]!);
  const others = all.filter((one) => one !== name);
  throw new ReadingQuestion({
    id: 'odd-feature',
    sentence:
      time === null
        ? `${sample.fileName}: ${name} is larger from ${where}, as a time is, and no other column is the time`
        : `${sample.fileName}: ${name} goes on by one step from ${where}, as a second time beside ${sample.names[time]} does`,
    ways: [
      time === null
        ? { label: `${name} is the time`, patch: { data: { time: name } } }
        : { label: `${name} is no feature`, patch: { data: { features: others } } },
      { label: `${name} is a feature`, patch: { data: { features: all } } },
    ],
  });
}

function rises(sample: Sample, cases: readonly number[], column: number): boolean {
  const { kind, filled, rows, back, forward } = sample.profiles[column]!;
  if (kind !== 'numeric' || filled < rows) return false;
  return forward === 1 || (back > 0 && cases.length > 0 && sample.risesWithin(cases, column));
}

function isEvenWithin(sample: Sample, cases: readonly number[], column: number): boolean {
  const cell = (sample.rows[0]![column] ?? '').trim();
  const digit = 10 ** -Math.max(0, cell.length - 1 - Math.max(cell.indexOf('.'), cell.indexOf(',')));
  const before = new Map<string, number>();
  const steps = sample.rows.flatMap((row, at) => {
    const key = JSON.stringify(cases.map((one) => row[one]?.trim()));
    const known = before.get(key);
    const value = sample.number(at, column);
    before.set(key, value);
    return known === undefined ? [] : [value - known];
  });
  const middle = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  const room = Math.max(EVEN * middle, middle >= DIGITS * digit ? 1.001 * digit : 0);
  return steps.every((step) => Math.abs(step - middle) <= room);
}
