import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { countedRun } from './countedNames.ts';
import { timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Numbered columns that are steps rather than features. */
const FEWEST_STEPS = 8;
const MOST_SENSORS = 60;
const SENSOR =
  /^(sensor|channel|feature|variable|signal|lead|axis|dim(ension)?)s?([ _-]?(id|name|no|nr|index|idx))?$/i;

/**
 * Rows of numbered columns, each case as often as there are words of another column, and each word once in it: a row for
 * every sensor of a series, where no model says how many features there are.
 * @throws ReadingQuestion `rows-per-sensor`
 */
export function askRowsPerSensor({ sample, options, free }: Planning, cases: number): void {
  if (options.input !== undefined || options.case !== undefined || !sample.named) return;
  const steps = free.filter((column) => column !== cases && sample.profiles[column]!.kind === 'numeric');
  if (steps.length < FEWEST_STEPS || countedRun(steps.map((column) => sample.names[column]!)) < FEWEST_STEPS)
    return;
  const sensor = free.find(
    (column) =>
      column !== cases &&
      // The times of recordings of one length.
      timeName(sample.names[column]!) !== 'sure' &&
      isOnceInEach(sample.rows, cases, column),
  );
  if (sensor === undefined) return;
  const [name, id] = [sample.names[sensor]!, sample.names[cases]!];
  throw new ReadingQuestion({
    id: 'rows-per-sensor',
    sentence: `${sample.fileName} has numbered columns, and each ${name} once for every ${id}: a row looks like a feature of its series`,
    ways: [
      { label: 'each row is a feature', patch: { data: { layout: 'transposed' } } },
      { label: 'each row is a step', patch: { data: { layout: 'long', case: id } } },
    ],
  });
}

/**
 * Columns numbered like steps, and a column called `channel` or the like of which the same words come again and again: a row
 * is a feature or a series, where no model is named.
 * @throws ReadingQuestion `rows-per-sensor`
 */
export function askCycleOfSensors({ sample, options, free }: Planning): void {
  const { input, case: given, layout } = options;
  if ([input, given, layout].some((option) => option !== undefined) || !sample.named) return;
  const sensor = free.find((column) => namesSensors(sample, column));
  if (sensor === undefined) return;
  const name = sample.names[sensor]!;
  const { distinct } = sample.profiles[sensor]!;
  throw new ReadingQuestion({
    id: 'rows-per-sensor',
    sentence: `${sample.fileName} has numbered columns, and in ${name} the same ${distinct} come again and again: a row looks like a feature of its series`,
    ways: [
      { label: 'each row is a feature', patch: { data: { layout: 'transposed' } } },
      {
        label: 'each row is a series',
        gives: `${sample.rows.length} instances`,
        patch: { data: { layout: 'wide' } },
      },
    ],
  });
}

/** `channel` and the like, in which the same words or numbers come again and again. */
export function namesSensors(sample: Sample, column: number): boolean {
  return sample.named && SENSOR.test(sample.names[column]!) && isCycle(sample, column);
}

/** The last round may be cut by the end of the rows looked at. */
function isCycle({ rows, profiles }: Sample, column: number): boolean {
  const { distinct } = profiles[column]!;
  if (distinct < 2 || distinct > MOST_SENSORS || distinct === rows.length) return false;
  return rows.every((row, at) => row[column]!.trim() === rows[at % distinct]![column]!.trim());
}

/** Whether each case has a row for every value of a column. The last case may be cut by the end of the rows looked at. */
export function isOnceInEach(rows: readonly (readonly string[])[], cases: number, column: number): boolean {
  const words = new Set(rows.map((row) => row[column]?.trim()));
  if (words.size < 2 || words.size > MOST_SENSORS || words.has('') || words.has(undefined)) return false;
  const seen = new Map<string | undefined, Set<string | undefined>>();
  for (const row of rows) {
    const one = seen.get(row[cases]) ?? new Set();
    if (one.has(row[column]?.trim())) return false;
    seen.set(row[cases], one.add(row[column]?.trim()));
  }
  return (
    seen.size > 1 && [...seen.values()].filter(({ size }) => size === words.size).length >= seen.size - 1
  );
}
