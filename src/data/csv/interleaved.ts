import type { DataOptions } from '../dataOptions.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { askRowsOfOneTime } from './rowsOfOneTime.ts';
import type { Sample } from './sample.ts';

/** Rows of each on average. */
const FEWEST_ROWS = 3;
const MOST_SERIES = 500;
/** Of the rows that there would be if each had one at every time. */
const MOSTLY_FULL = 0.5;
const MOST_WAYS = 2;

/** The one column of words that each time has all of once, beside several signals: nothing else can be meant. */
export function sideBySide({ sample, options, free }: Planning, time: number | null): number | undefined {
  if (time === null || isSettled(options) || !sample.named) return undefined;
  const found = free.filter((column) => isOnceAtEach(sample, column, time));
  const [only, ...others] = found;
  const signals = sample.numeric(new Set([time, ...found])).length;
  if (only === undefined || others.length > 0 || signals < 2) return undefined;
  const { kind, distinct } = sample.profiles[only]!;
  const times = new Set(sample.rows.map((row) => row[time]?.trim())).size;
  const isLabel = namedFor('label', sample.names).includes(only);
  return kind === 'text' && !isLabel && sample.rows.length > (times - 1) * distinct ? only : undefined;
}

/**
 * Rows in the order of time, each time once for every word of another column: recordings side by side.
 * @param time the column of times
 * @throws ReadingQuestion `several-recordings`
 */
export function askInterleaved(planning: Planning, time: number | null): void {
  const { sample, options, free } = planning;
  if (isSettled(options)) return;
  const labels = namedFor('label', sample.names);
  const at = (column: number) => time !== null && isOnceAtEach(sample, column, time);
  const found = free.filter((column) => !labels.includes(column) && at(column));
  if (time === null || found.length === 0) {
    askRowsOfOneTime(planning, time);
    return;
  }
  const name = (column: number): string => sample.names[column]!;
  const numbers = sample.numeric(new Set([time, ...found, ...labels])).map(name);
  const { distinct } = sample.profiles[found[0]!]!;
  const fits = numbers.length === (options.input?.features ?? numbers.length);
  throw new ReadingQuestion({
    id: 'several-recordings',
    sentence: `${sample.fileName} looks like ${distinct} recordings side by side: each time in column ${name(time)} has a row for every value of column ${name(found[0]!)}`,
    ways: [
      ...found.slice(0, MOST_WAYS).map((column) => ({
        label: `column ${name(column)} tells the recordings apart`,
        gives: `${sample.profiles[column]!.distinct} instances`,
        patch: { data: { case: name(column) } },
      })),
      {
        label: 'all rows are one recording',
        gives: '1 instance',
        patch: { data: { layout: 'single', ...(sample.named && fits && { features: numbers }) } },
      },
    ],
  });
}

function isSettled({ case: cases, layout, split, window, label }: DataOptions): boolean {
  return (
    cases !== undefined ||
    layout !== undefined ||
    split !== undefined ||
    (window !== undefined && label !== undefined)
  );
}

/** No time has one of its values twice, most have most of them, and the value changes from row to row. */
function isOnceAtEach({ rows, profiles, named, names }: Sample, column: number, time: number): boolean {
  const { kind, whole, distinct, filled, runs } = profiles[column]!;
  if ((kind !== 'text' && !whole) || filled < rows.length || distinct < 2 || distinct > MOST_SERIES)
    return false;
  if (column === time || distinct * FEWEST_ROWS > rows.length || runs * 2 < rows.length) return false;
  if (named && names[column] === '') return false;
  const times = new Set(rows.map((row) => row[time]?.trim()));
  if (times.size * distinct * MOSTLY_FULL > rows.length || times.size * 4 > rows.length * 3) return false;
  const pairs = new Set(rows.map((row) => JSON.stringify([row[time]?.trim(), row[column]?.trim()])));
  return pairs.size === rows.length;
}
