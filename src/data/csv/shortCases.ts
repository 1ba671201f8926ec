import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { Planning } from './planning.ts';
import { askRowsOfCase } from './rowsOfCase.ts';
import { askRowsPerSensor } from './rowsPerSensor.ts';

/** Of the model's steps. */
const MOST_OF_MODEL = 0.1;
const FEWEST_ROWS = 8;

/**
 * A column by its name tells series apart that are nearly all padding to the model, in a file that is about as long as the
 * model's input: the rows may be one recording.
 * @throws ReadingQuestion `few-steps`, `rows-per-sensor`
 */
export function askShortCases(planning: Planning, column: number): void {
  askRowsPerSensor(planning, column);
  askRowsOfCase(planning, column);
  const { sample, options, free } = planning;
  const steps = options.input?.steps;
  if (steps == null || options.case !== undefined) return;
  const rows = sample.rows.length;
  if (rows < Math.max(FEWEST_ROWS, steps / 2) || rows > 2 * steps) return;
  const lengths = new Map<string, number>();
  for (const row of sample.rows) {
    const id = (row[column] ?? '').trim();
    lengths.set(id, (lengths.get(id) ?? 0) + 1);
  }
  const most = Math.max(...lengths.values());
  if (most > Math.max(2, MOST_OF_MODEL * steps)) return;
  const name = sample.names[column]!;
  const numbers = free.filter((one) => one !== column && sample.profiles[one]!.kind === 'numeric');
  const isNumber = sample.profiles[column]!.kind === 'numeric';
  throw new ReadingQuestion({
    id: 'few-steps',
    sentence: `${sample.fileName} has ${rows} rows and the model takes ${steps} steps, but column ${name} tells ${lengths.size} series of at most ${most} apart: either all rows are one recording, or nearly all of each series is padding`,
    ways: [
      {
        label: 'all rows are one recording',
        gives: '1 instance',
        patch: {
          data: { layout: 'single', ...(isNumber && { features: numbers.map((one) => sample.names[one]!) }) },
        },
      },
      {
        label: `${name} tells the series apart`,
        gives: `${lengths.size} instances`,
        patch: { data: { case: name } },
      },
    ],
  });
}
