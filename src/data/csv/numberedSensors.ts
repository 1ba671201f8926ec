import { goesOnFromRowToRow } from '../goesOn.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { Planning } from './planning.ts';

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
  if (!goesOnFromRowToRow(number, rows, columns.length)) return;
  let [down, along] = [0, 0];
  for (let row = 1; row < rows; row++) {
    for (let at = 1; at < columns.length; at++) {
      const here = number(row, at);
      const [above, before] = [Math.abs(here - number(row - 1, at)), Math.abs(here - number(row, at - 1))];
      if (!Number.isFinite(above + before)) continue;
      down += above;
      along += before;
    }
  }
  if (down >= along) return;
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
    ],
  });
}
