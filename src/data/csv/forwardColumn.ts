import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { Layout } from './layout.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Of a recording; fewer numbers may rise by chance. */
const FEWEST_ROWS = 17;

/**
 * One column of numbers rises from row to row of every instance, no column is the time, and no model says how many
 * features there are: a clock whose steps are uneven, or a signal that only rises, such as a distance.
 * @param columns that are features otherwise
 * @throws ReadingQuestion `odd-feature`
 */
export function askForward(
  { sample, options }: Planning,
  { layout, case: cases }: Layout,
  columns: readonly number[],
): void {
  if (options.time !== undefined || sample.rows.length < FEWEST_ROWS) return;
  const rising = columns.filter((column) => rises(sample, layout === 'long' ? cases : [], column));
  // Where all rise, they were made so.
  if (rising.length !== 1 || columns.length < 2) return;
  const name = sample.names[rising[0]!]!;
  const where = layout === 'long' ? 'row to row of every instance' : 'row to row';
  throw new ReadingQuestion({
    id: 'odd-feature',
    sentence: `${sample.fileName}: ${name} is larger from ${where}, as a time is, and no other column is the time`,
    ways: [
      { label: `${name} is the time`, patch: { data: { time: name } } },
      {
        label: `${name} is a feature`,
        patch: { data: { features: columns.map((column) => sample.names[column]!) } },
      },
    ],
  });
}

function rises(sample: Sample, cases: readonly number[], column: number): boolean {
  const { kind, filled, rows, back, forward } = sample.profiles[column]!;
  if (kind !== 'numeric' || filled < rows) return false;
  return forward === 1 || (back > 0 && cases.length > 0 && sample.risesWithin(cases, column));
}
