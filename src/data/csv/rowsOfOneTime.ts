import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { namedFor, timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

/** Rows of each time on average: recordings one below the other hardly have so many in one step. */
const FEWEST_ROWS = 10;
const MOST_WAYS = 2;
const TIME_OF_DAY = /^\s*\d{1,2}[:.h]\d\d/;
/** Share of the middle step by which steps of times may differ. */
const EVEN = 0.02;

/**
 * A panel sorted by time: many rows of one time, then those of the next. Its devices may be more than the first rows hold,
 * so that none of them comes again there.
 * @param time the column of times; null where none is known by its name
 * @throws ReadingQuestion `several-recordings`
 */
export function askRowsOfOneTime({ sample, free }: Planning, time: number | null): void {
  if (!sample.named) return;
  const times = time === null ? free.filter((column) => goesOnInRuns(sample, column)) : [time];
  const labels = namedFor('label', sample.names);
  for (const one of times) {
    if (!isInRuns(sample, one)) continue;
    const whose = free.filter(
      (column) => column !== one && !labels.includes(column) && differsWithin(sample, column, one),
    );
    if (whose.length === 0) continue;
    throw question(sample, one, whose, time === null);
  }
}

/** Every time has its rows together, and many of them. */
function isInRuns(sample: Sample, time: number): boolean {
  const { runs, distinct, filled } = sample.profiles[time]!;
  return filled === sample.rows.length && runs === distinct && filled >= FEWEST_ROWS * distinct;
}

/** Numbers that stay for many rows and then go on by one step. */
function goesOnInRuns(sample: Sample, column: number): boolean {
  const { kind, back, distinct } = sample.profiles[column]!;
  if (kind !== 'numeric' || back > 0 || distinct < 2 || !isInRuns(sample, column)) return false;
  const numbers = [...new Set(sample.rows.map((_, row) => sample.number(row, column)))];
  const steps = numbers.slice(1).map((number, at) => number - numbers[at]!);
  const middle = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  return middle > 0 && steps.every((step) => Math.abs(step - middle) <= EVEN * middle);
}

/** Words or whole numbers of which no time has one twice, and which change from row to row. */
function differsWithin({ rows, profiles, names }: Sample, column: number, time: number): boolean {
  const { kind, whole, filled, runs, distinct } = profiles[column]!;
  // The time of a day, where a date stands beside it.
  if (timeName(names[column]!) !== null || TIME_OF_DAY.test(rows[0]![column] ?? '')) return false;
  if ((kind !== 'text' && !whole) || filled < rows.length || runs * 2 < rows.length || distinct < FEWEST_ROWS)
    return false;
  const pairs = new Set(rows.map((row) => JSON.stringify([row[time]?.trim(), row[column]?.trim()])));
  return pairs.size === rows.length;
}

function question(sample: Sample, time: number, whose: readonly number[], isFound: boolean): ReadingQuestion {
  const name = (column: number): string => sample.names[column]!;
  const numbers = sample.numeric(new Set([time, ...whose, ...namedFor('label', sample.names)])).map(name);
  const times: Readonly<Record<string, string>> = isFound ? { time: name(time) } : {};
  return new ReadingQuestion({
    id: 'several-recordings',
    sentence: `${sample.fileName} has many rows for each time in column ${name(time)}, which differ in column ${name(whose[0]!)}: series of many, sorted by time, or one recording`,
    ways: [
      ...whose.slice(0, MOST_WAYS).map((column) => ({
        label: `column ${name(column)} tells the recordings apart`,
        patch: { data: { case: name(column), ...times } },
      })),
      {
        label: 'all rows are one recording',
        gives: '1 instance',
        patch: { data: { layout: 'single' as const, features: numbers } },
      },
    ],
  });
}
