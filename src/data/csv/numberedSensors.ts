import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { Planning } from './planning.ts';
import { isNearerDown, seriesInColumns } from './seriesInColumns.ts';

/** Fewer rows may be alike by chance. */
const FEWEST_ROWS = 32;
/** Few devices have more sensors. */
const MOST_SENSORS = 64;

/**
 * Columns numbered like steps (t1, t2, t3) of which values go on from row to row, and not along a row: sensors with numbers,
 * read for no model.
 * @param columns in the order of their numbers
 * @throws ReadingQuestion `numbered-sensors`
 */
export function askNumberedSensors({ sample }: Planning, columns: readonly number[]): void {
  const rows = sample.rows.length;
  if (rows < FEWEST_ROWS || columns.length > MOST_SENSORS) return;
  const number = (row: number, at: number) => sample.number(row, columns[at]!);
  if (!isNearerDown(number, rows, columns.length)) return;
  const count = columns.length;
  throw new ReadingQuestion({
    id: 'numbered-sensors',
    sentence: `${sample.fileName} has ${count} numbered columns, as steps are named, but values go on from row to row rather than along a row, as those of numbered sensors do`,
    ways: [
      {
        label: 'a row is a step, a column is a sensor',
        gives: '1 instance',
        patch: { data: { layout: 'single' } },
      },
      {
        label: `each row is a series of ${count} steps`,
        gives: `${rows} instances`,
        patch: { data: { layout: 'wide' } },
      },
      seriesInColumns(count),
    ],
  });
}
