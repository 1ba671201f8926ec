import type { DataOptions } from '../dataOptions.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { fewWholeNumbers } from './classNumbers.ts';
import { windowWays } from './continuous.ts';
import type { Sample } from './sample.ts';

const FEWEST_ROWS = 50;
const FEWEST_OF_RUN = 8;
const MOST_CLASSES = 20;
/** As many times more numbers a signal has. */
const MORE = 3;

/**
 * The last or first of columns without names has few whole numbers, each for many rows, beside signals that change nearly from
 * row to row: a label per row, as loggers write it, read for no model.
 * @param columns those that would be features
 * @throws ReadingQuestion `odd-feature`
 */
export function askLabelBesideSignals(
  sample: Sample,
  { input, features, label: given, window }: DataOptions,
  columns: readonly number[],
): void {
  const isSettled = [input, features, given, window].some((option) => option !== undefined);
  if (sample.named || isSettled || columns.length < 3 || sample.rows.length < FEWEST_ROWS) return;
  const { profiles, names } = sample;
  const label = [columns.at(-1)!, columns[0]!].find((column) => {
    const { distinct, runs, rows } = profiles[column]!;
    const isFew = distinct > 1 && distinct <= MOST_CLASSES && fewWholeNumbers(sample, column);
    return isFew && rows >= FEWEST_OF_RUN * runs;
  });
  if (label === undefined) return;
  const kinds = profiles[label]!.distinct;
  const move = (column: number): boolean =>
    profiles[column]!.distinct >= MORE * kinds && profiles[column]!.runs * 2 > profiles[column]!.rows;
  if (!columns.every((column) => column === label || move(column))) return;
  const called = columns.map((column) => names[column]!);
  throw new ReadingQuestion({
    id: 'odd-feature',
    sentence: `${sample.fileName}: ${names[label]} has few whole numbers and keeps each for many rows, as a label per row does, beside ${columns.length - 1} signals`,
    ways: [
      ...windowWays(names[label]!, input),
      {
        label: 'it is a feature like the others',
        patch: { data: { layout: 'single', label: null, features: called } },
      },
      {
        label: 'it is neither',
        patch: { data: { layout: 'single', features: called.filter((name) => name !== names[label]) } },
      },
    ],
  });
}
