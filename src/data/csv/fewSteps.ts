import { listed } from '../../format.ts';
import { goesOnAlongRows, goesOnFromRowToRow } from '../goesOn.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { classesAtEnds } from './classAtEnd.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { seriesInColumns } from './seriesInColumns.ts';
import { numberedColumns } from './stepNames.ts';
import { isStepPrefix } from './stepPrefix.ts';

/** Fewer rows may be a few short series. */
const fewestRows = 8;
/** Columns of one recording without names: few devices have more channels. */
const MOST_CHANNELS = 20;
/** Fewer rows may be alike, or not, by chance. */
const FEWEST_TO_TELL = 100;
/** Steps of a series in a row. */
const FEWEST_SERIES = 16;

/** Rows of a few numbers for a model that takes many are rather steps than series. @throws ReadingQuestion `few-steps` */
export function askFewSteps({ sample, options }: Planning, numeric: readonly number[]): void {
  const steps = options.input?.steps ?? null;
  const width = numeric.length;
  const few = steps === null ? width <= 6 : width * 10 <= steps || (width <= 6 && width * 2 <= steps);
  if (!few || sample.rows.length < fewestRows) return;
  const name = (column: number): string => sample.names[column]!;
  throw new ReadingQuestion({
    id: 'few-steps',
    sentence: `${sample.fileName} has ${width} columns of numbers (${listed(numeric.map(name))}) and the model takes one feature${steps === null ? '' : ` of ${steps} steps`}: each row is a step and one column the feature, each row is a series of ${width} steps, or each column is one of ${sample.rows.length}`,
    ways: [
      sample.named
        ? {
            label: `${name(numeric[0]!)} is the feature`,
            patch: { data: { layout: 'single', features: [name(numeric[0]!)] } },
          }
        : {
            label: `the last column is the label and the rows are steps`,
            patch: { data: { layout: 'single', label: name(numeric.at(-1)!) } },
          },
      { label: 'each row is a series', patch: { data: { layout: 'wide' } } },
      seriesInColumns(width),
    ],
  });
}

/**
 * A table without names that is far wider than it is long, or of which rows are no nearer to their neighbours than to
 * others, read for no model: its rows are series or features rather than steps. @throws ReadingQuestion `few-rows`
 */
export function askFewRows({ sample, options, used }: Planning): void {
  const columns = sample.numeric(used);
  const width = columns.length;
  const { length } = sample.rows;
  const isSettled = sample.named || options.input || options.features || options.split || options.window;
  if (isSettled || width <= MOST_CHANNELS || hasClassBeside(sample, columns)) return;
  const isFew = length * 2 < width;
  const number = (row: number, at: number) => sample.number(row, columns[at]!);
  const goesOnDown = () => length < FEWEST_TO_TELL || goesOnFromRowToRow(number, length, width);
  if (!isFew && !goOnAlong(sample, columns) && goesOnDown()) return;
  const rows = isFew ? `${length} rows` : 'rows';
  const why = isFew ? '' : ', and a row is no nearer to the next one than to others';
  throw new ReadingQuestion({
    id: 'few-rows',
    sentence: `${sample.fileName} has ${rows} of ${width} numbers and no row of names${why}: each row is a series, a feature or a step (a model, with --model, would settle it)`,
    ways: [
      { label: 'each row is a series', patch: { data: { layout: 'wide' } } },
      { label: 'each row is a feature', patch: { data: { layout: 'transposed' } } },
      // One step is no series.
      ...(length > 1 ? [{ label: 'each row is a step', patch: { data: { layout: 'single' } } }] : []),
    ],
  });
}

/**
 * Words or a label that change nearly from row to row beside many numbers, read for no model: each row is rather a series
 * than a step, and surely where the numbers go on along the rows alone.
 * @returns whether it is
 * @throws ReadingQuestion `few-rows`
 */
export function areSeriesRows({ sample, options, used }: Planning, time: number | null): boolean {
  const { label, window, layout, features, input } = options;
  const isSettled = [label, window, layout, features, input].some((option) => option !== undefined);
  if (isSettled || sample.rows.length < 3) return false;
  if (time !== null) askDatedSeries(sample, new Set([...used, time]), time);
  // Beside a date the numbers of a row may be a series, where they are all numbered.
  if (time !== null && !areNumbered(sample, new Set([...used, time]))) return false;
  const labels = namedFor('label', sample.names).filter((column) => !used.has(column));
  const width = sample.numeric(used).filter((column) => !labels.includes(column)).length;
  if (width < FEWEST_SERIES) return false;
  const changes = (at: number): boolean => {
    const { distinct, filled, runs } = sample.profiles[at]!;
    return distinct > 1 && distinct < filled && runs * 3 > filled;
  };
  const numbered = numberedClass(sample, used);
  const column =
    numbered !== undefined && changes(numbered)
      ? numbered
      : sample.profiles.findIndex(
          ({ kind }, at) =>
            changes(at) && at !== time && (labels.includes(at) || (kind === 'text' && !used.has(at))),
        );
  if (column < 0) return false;
  const isNumbered = column === numbered;
  const steps = sample.numeric(new Set([...used, ...labels, ...(time === null ? [] : [time])]));
  if (!isNumbered && goOnAlong(sample, steps)) return true;
  const name = sample.names[column]!;
  throw new ReadingQuestion({
    id: 'few-rows',
    sentence: `${sample.fileName} has ${sample.rows.length} rows of ${width} numbers, and column ${name} changes nearly from row to row: each row is a series, or a step of one recording (a model, with --model, would settle it)`,
    ways: [
      {
        label: 'each row is a series',
        gives: `${sample.rows.length} × ${isNumbered ? width - 1 : width} steps`,
        patch: { data: { layout: 'wide', ...(isNumbered && { label: name }) } },
      },
      {
        label: `each row is a step, and ${name} is no label`,
        patch: { data: { layout: 'single', label: null } },
      },
    ],
  });
}

/** Numbers that are named as steps and go on along each row, beside one time: that of the series, or of a step. @throws ReadingQuestion `few-rows` */
function askDatedSeries(sample: Sample, others: ReadonlySet<number>, time: number): void {
  const steps = numberedColumns(sample.names, sample.numeric(others), FEWEST_SERIES);
  if (!sample.named || !steps || !isStepPrefix(steps.stem.replace(':', ''))) return;
  if (!goOnAlong(sample, steps.columns)) return;
  const name = sample.names[time]!;
  throw new ReadingQuestion({
    id: 'few-rows',
    sentence: `${sample.fileName} has ${sample.rows.length} rows of ${steps.columns.length} numbers that are named as steps and go on along each row, and column ${name} goes on from row to row: each row is a series, or a step of one recording (a model, with --model, would settle it)`,
    ways: [
      {
        label: `each row is a series, begun at its ${name}`,
        gives: `${sample.rows.length} × ${steps.columns.length} steps`,
        patch: { data: { layout: 'wide', time: null } },
      },
      { label: 'each row is a step', patch: { data: { layout: 'single' } } },
    ],
  });
}

/** One column of words that come again beside numbers that go on along the rows: each row has its class. */
function hasClassBeside(sample: Sample, columns: readonly number[]): boolean {
  const words = sample.profiles.filter(({ kind }) => kind === 'text');
  const [{ distinct, filled } = { distinct: 0, filled: 0 }] = words;
  return words.length === 1 && distinct > 1 && distinct * 2 <= filled && goOnAlong(sample, columns);
}

/** Whether numbers go on along the rows and not down them. */
export function goOnAlong(sample: Sample, columns: readonly number[]): boolean {
  const number = (row: number, at: number) => sample.number(row, columns[at]!);
  return goesOnAlongRows(number, sample.rows.length, columns.length);
}

/** A class at an end of columns that are all named alike, as a table saved without its names has it. */
function numberedClass(sample: Sample, used: ReadonlySet<number>): number | undefined {
  const columns = sample.numeric(used);
  return areNumbered(sample, used) ? classesAtEnds(sample, columns)[0] : undefined;
}

function areNumbered(sample: Sample, used: ReadonlySet<number>): boolean {
  return sample.named && numberedColumns(sample.names, sample.numeric(used))?.others.length === 0;
}
