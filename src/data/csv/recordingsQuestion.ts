import { listed } from '../../format.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Alternative, PatchValue } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { clockBreaks } from './clockPieces.ts';
import { windowOf, windowWays } from './continuous.ts';
import { isCaseName, isWeakLabel, namedFor, timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { isNumbering, numberingColumns, type Recordings } from './recordings.ts';
import type { Sample } from './sample.ts';
import { isCounter } from './timeColumn.ts';

/** Asked of rows that look like several recordings, told apart by columns whose names do not say so. */
export function recordingsQuestion(
  { sample, options }: Planning,
  { columns, lengths, recurs }: Recordings,
): ReadingQuestion {
  const names = columns.map((column) => sample.names[column]!);
  const which = names.length === 1 ? `column ${names[0]} stays` : `columns ${names.join(' and ')} stay`;
  const equal = lengths.every((length) => length === lengths[0]) ? ` of ${lengths[0]} rows` : '';
  const again = recurs
    ? '; the same values come again after others, so "case" needs a column that numbers the recordings'
    : '';
  const patch = names.length === 1 ? names[0]! : names;
  return new ReadingQuestion({
    id: 'several-recordings',
    sentence: `${sample.fileName} looks like several recordings one under the other: ${which} the same through ${lengths.length} runs${equal}${again}`,
    ways: [
      ...(recurs
        ? numberingWays(sample, columns)
        : [
            ...classWays(sample, columns),
            {
              label: `${names.length === 1 ? 'it tells' : 'together they tell'} the recordings apart`,
              gives: `${lengths.length} instances`,
              patch: { data: { case: patch } },
            },
            ...aloneWays(sample, columns),
          ]),
      {
        label: 'all rows are one recording',
        gives: '1 instance',
        patch: { data: oneRecording(sample, options, columns) },
      },
      ...signalWay(sample, options, columns),
      ...windowsWithin(sample, options, columns),
    ],
  });
}

/** Columns that number the recordings, to be offered. */
export function numberingWays(sample: Sample, columns: readonly number[]): Alternative[] {
  return numberingColumns(sample, columns)
    .slice(0, 2)
    .map((column) => numberingWay(sample, column));
}

/** Of several columns one may number the recordings, and the others be signals. */
function aloneWays(sample: Sample, columns: readonly number[]): Alternative[] {
  const numbering = columns.filter((column) => isNumbering(sample, column));
  return columns.length === 1 ? [] : numbering.slice(0, 1).map((column) => numberingWay(sample, column));
}

function numberingWay({ names, profiles }: Sample, column: number): Alternative {
  return {
    label: `column ${names[column]} numbers the recordings`,
    gives: `${profiles[column]!.runs} instances`,
    patch: { data: { case: names[column]! } },
  };
}

/** Where nothing has a name, words among numbers that tell recordings apart may be the class of each. */
export function classWays({ names, named, profiles }: Sample, columns: readonly number[]): Alternative[] {
  const words = columns.filter((column) => profiles[column]!.kind === 'text');
  if (named || columns.length < 2 || words.length !== 1) return [];
  const label = names[words[0]!]!;
  return [
    {
      label: `together they tell the recordings apart, and ${label} is the class of each`,
      patch: { data: { case: columns.map((column) => names[column]!), label } },
    },
  ];
}

/** The columns that tell recordings apart are no features then. */
function oneRecording(
  sample: Sample,
  { input }: DataOptions,
  keys: readonly number[],
): Readonly<Record<string, PatchValue>> {
  const numbers = featuresOf(sample, keys);
  const haveNumbers = keys.some((column) => sample.profiles[column]!.kind === 'numeric');
  // As many as the model takes, or which of them they are is asked.
  const fits = input === undefined || numbers.length === input.features;
  return { layout: 'single', ...(haveNumbers && fits && numbers.length > 0 && { features: numbers }) };
}

/** A number that changes now and then, and whose name says no recording and no class, may be a signal: a door, a gear. */
function signalWay(sample: Sample, { input }: DataOptions, keys: readonly number[]): Alternative[] {
  const { names, named, profiles } = sample;
  const labels = namedFor('label', names);
  const signals = keys.filter(
    (column) =>
      profiles[column]!.kind === 'numeric' && !isCaseName(names[column]!) && !labels.includes(column),
  );
  const features = featuresOf(
    sample,
    keys.filter((column) => !signals.includes(column)),
  );
  const fits = input === undefined || features.length === input.features;
  if (!named || signals.length === 0 || !fits) return [];
  const be = signals.length > 1 ? 'are features' : 'is a feature';
  return [
    {
      label: `all rows are one recording, and ${listed(signals.map((column) => names[column]!))} ${be}`,
      gives: '1 instance',
      patch: { data: { layout: 'single', features } },
    },
  ];
}

function featuresOf(sample: Sample, keys: readonly number[]): string[] {
  const times = sample.names.flatMap((name, column) =>
    timeName(name) === 'sure' || isCounter(sample, column) || clockBreaks(sample, column) ? [column] : [],
  );
  return sample.numeric(new Set([...keys, ...times])).map((column) => sample.names[column]!);
}

/**
 * A label among the columns, or a single column, may be one per row, within the cases that the others tell apart; none
 * where another column is the label, or a window would be longer than the file.
 */
function windowsWithin(sample: Sample, { input }: DataOptions, columns: readonly number[]): Alternative[] {
  const { names, profiles } = sample;
  const called = namedFor('label', names).filter(
    (column) =>
      columns.includes(column) || (profiles[column]!.kind !== 'blank' && !isWeakLabel(names[column]!)),
  );
  const labels = called.filter((column) => columns.includes(column));
  const label = called.length > labels.length ? undefined : columns.length === 1 ? columns[0] : labels[0];
  if (label === undefined || sample.rows.length < windowOf(input)) return [];
  const cases = columns.filter((column) => column !== label).map((column) => sample.names[column]!);
  return windowWays(sample.names[label]!, input, cases);
}
