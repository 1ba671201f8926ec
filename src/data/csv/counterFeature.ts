import { listed } from '../../format.ts';
import type { DataOptions } from '../dataOptions.ts';
import { askLabelFile } from '../labelFile.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { fewWholeNumbers } from './classNumbers.ts';
import { windowWays } from './continuous.ts';
import type { Layout } from './layout.ts';
import { countsOrGoesOn } from './noSignal.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Of a recording in which one number throughout says something. */
const FEWEST_ROWS = 8;

/**
 * As many columns as the model takes, but one of them counts the rows, or is a class: whole numbers that stay the same
 * in each instance. A signal seldom does either.
 * @throws ReadingQuestion `odd-feature`
 */
export function askOddFeature(
  { sample, options }: Planning,
  found: Layout,
  columns: readonly number[],
  time: number | null,
): void {
  if (options.features !== undefined || options.input?.features !== columns.length) return;
  const { layout, case: cases } = found;
  const [only] = columns;
  if (columns.length === 1 && layout === 'single' && options.layout === undefined) {
    if (fewWholeNumbers(sample, only!) && sample.profiles[only!]!.distinct > 1) askLabelFile(sample.fileName);
  }
  // Without names that is how to say that all columns are features.
  const settled = (role: 'time' | 'label'): boolean => !sample.named && options[role] === null;
  // Beside a time a signal may well rise evenly; whole numbers that do count something.
  const counts = columns.filter(
    (column) =>
      !settled('time') &&
      (time === null || sample.profiles[column]!.whole) &&
      countsOrGoesOn(sample, found, column),
  );
  const classes = columns.filter(
    (column) =>
      !settled('label') &&
      (layout === 'long'
        ? isStatic(sample, cases, column)
        : layout === 'single' && isOneClass(sample, column, columns)),
  );
  if (counts.length + classes.length === 0 && layout === 'single') askLabelPerRow(sample, options, columns);
  // Where all do, they were made so.
  const odd = counts.length > 0 ? counts : classes;
  if (odd.length === 0 || columns.length - counts.length - classes.length < 1) return;
  const name = (column: number): string => sample.names[column]!;
  const restarts = counts.some((column) => sample.profiles[column]!.back > 0);
  const does = odd.length === 1 ? ['goes', 'is', 'starts'] : ['go', 'are', 'start'];
  const what =
    counts.length > 0
      ? `${listed(odd.map(name))} ${does[0]} on by the same step from row to row${restarts ? ` and ${does[2]} again, as the time of several recordings does` : ', as a row number or a time does'}`
      : `${listed(odd.map(name))} ${does[1]} one whole number through each instance, as a class is`;
  const [first] = odd;
  const role = counts.length > 0 ? 'time' : 'label';
  const lacks = `(then the file lacks ${odd.length === 1 ? 'a feature' : 'features'})`;
  // An answer takes no other one back.
  const isGiven = options.time != null || options.label != null;
  const features = (some: readonly number[]) => ({ data: { features: some.map(name) } });
  throw new ReadingQuestion({
    id: 'odd-feature',
    sentence: `${sample.fileName} has as many columns of numbers as the model has features (${columns.length}), but ${what}`,
    ways: [
      {
        label: sample.named ? 'these are the features' : 'all of them are features',
        patch: sample.named || isGiven ? features(columns) : { data: { time: null, label: null } },
      },
      options[role] == null
        ? { label: `${name(first!)} is the ${role} ${lacks}`, patch: { data: { [role]: name(first!) } } }
        : {
            label: `${listed(odd.map(name))} ${odd.length === 1 ? 'is no feature' : 'are no features'} ${lacks}`,
            patch: features(columns.filter((column) => !odd.includes(column))),
          },
    ],
  });
}

/**
 * The first or last of the features has few whole numbers that stay for long beside signals that move: a label per row,
 * where nothing is named, or where the recording is too long and would be cut into windows.
 */
function askLabelPerRow(sample: Sample, { input }: DataOptions, columns: readonly number[]): void {
  const isTooLong = input?.steps != null && sample.rows.length > input.steps;
  if (sample.named && !isTooLong) return;
  const moves = (column: number): boolean => !sample.profiles[column]!.whole;
  const label = [columns.at(-1)!, columns[0]!].find((column) => {
    const { distinct, runs, rows } = sample.profiles[column]!;
    return distinct > 1 && rows >= FEWEST_ROWS * runs && fewWholeNumbers(sample, column);
  });
  if (label === undefined || !columns.every((column) => column === label || moves(column))) return;
  const name = (column: number): string => sample.names[column]!;
  throw new ReadingQuestion({
    id: 'odd-feature',
    sentence: `${sample.fileName} has as many columns of numbers as the model has features (${columns.length}), but ${name(label)} has few whole numbers and keeps each for many rows, as a label per row does`,
    ways: [
      { label: 'all of them are features', patch: { data: { label: null, features: columns.map(name) } } },
      ...windowWays(name(label), input),
    ],
  });
}

/** Whole numbers that stay the same through each instance and differ between instances: a class, an id. */
function isStatic(sample: Sample, cases: readonly number[], column: number): boolean {
  const { whole, distinct } = sample.profiles[column]!;
  return whole && distinct > 1 && sample.constantWithin(cases, column);
}

/** One whole number throughout beside real-valued features: a class or a rate; a 0 within may be a sensor that is off. */
function isOneClass(sample: Sample, column: number, columns: readonly number[]): boolean {
  const { whole, distinct, filled } = sample.profiles[column]!;
  const isInside = column !== columns[0] && column !== columns.at(-1);
  return (
    whole &&
    distinct === 1 &&
    filled >= FEWEST_ROWS &&
    !(isInside && sample.number(0, column) === 0) &&
    columns.some((other) => !sample.profiles[other]!.whole)
  );
}
