import type { DataOptions } from '../dataOptions.ts';
import { saysTime } from './clocks.ts';
import { isRowNumberName, namedFor, timeName } from './nameWords.ts';
import { partsTimes } from './recordings.ts';
import type { Sample } from './sample.ts';
import { numberedColumns } from './stepNames.ts';
import { readingOf } from './timeCell.ts';

/** Fewer rows do not show that a column counts. */
const rowsToCount = 8;
/** Rows of one of several recordings at least. */
const FEWEST_OF_PART = 3;
/** Seconds since 1970, and whatever counts finer. */
const SINCE_EPOCH = 1e8;
/** Share of different numbers. */
const SHUFFLED_APART = 0.95;
/** Of several recordings in rows without names; more columns are steps. */
const MOST_CHANNELS = 40;

/** A column that goes on evenly through enough rows, some of which may be lost: a clock or a row number. */
export function isCounter(sample: Sample, column: number): boolean {
  const { even, gappy, filled, distinct } = sample.profiles[column]!;
  return (even || gappy) && filled >= rowsToCount && distinct > 4;
}

/**
 * The columns that may hold the time, most telling first: a name that says so; a name that may, over values that go
 * forward; and no name at all, over values that count.
 * @param areSteps whether the rows are known to be steps
 */
export function timeColumns(
  sample: Sample,
  options: DataOptions,
  used: ReadonlySet<number>,
  areSteps = false,
): number[] {
  const free = sample.names
    .map((_, column) => column)
    .filter(
      (column) =>
        !used.has(column) &&
        !options.features?.includes(sample.names[column]!) &&
        sample.profiles[column]!.kind !== 'blank' &&
        // No order is told by a counter that begins again.
        sample.profiles[column]!.clock !== 'wraps',
    );
  const spare = spareColumns(sample, options, free);
  // Of t_0.0, t_0.1, … none is the time of the rows.
  const numbered = new Set(numberedColumns(sample.names, free)?.columns);
  const sure = free.filter(
    (column) => sample.named && timeName(sample.names[column]!) === 'sure' && !namesRows(sample, column),
  );
  // Under any name dates are times.
  const dates = free.filter((column) => sample.named && areDates(sample, column));
  const likely = free.filter(
    (column) =>
      sample.named &&
      timeName(sample.names[column]!) === 'likely' &&
      !numbered.has(column) &&
      goesForward(sample, column, spare),
  );
  // Where nobody says how many features there are, a counter beside other numbers is none of them.
  const isOpen =
    options.input === undefined &&
    free.some((column) => sample.profiles[column]!.kind === 'numeric' && !isCounter(sample, column));
  const parted = free.filter((column) => isOpen && isPartedCounter(sample, column));
  const counting = free.filter(
    (column) =>
      isCounter(sample, column) &&
      (sample.named
        ? spare > 0 ||
          (isOpen && (sample.profiles[column]!.back === 0 || beginsAnew(sample, column))) ||
          isRowNumberName(sample.names[column]!)
        : // Values of a series without names may rise evenly, too.
          spare > 0 && (column === 0 || sample.profiles[column]!.whole)),
  );
  const clocks = free.filter(
    (column) =>
      (isClock(sample, column) && (sample.named ? isRowNumberName(sample.names[column]!) : spare > 0)) ||
      (sample.profiles[column]!.clock === 'dated' && spare > 0) ||
      (isOpen && sample.named && goesOnly(sample, column)) ||
      ((isOpen || spare > 0) && sample.named && isClockOfParts(sample, column)),
  );
  // Times that are not in order are refused where they go back, rather than asked about as a feature.
  const cases = namedFor('case', sample.names).filter(
    (column) => sample.profiles[column]!.kind === 'numeric',
  );
  const unsorted = free.filter(
    (column) =>
      sample.named &&
      (options.input === undefined || spare - cases.filter((one) => one !== column).length === 1) &&
      timeName(sample.names[column]!) === 'likely' &&
      isShuffled(sample, column),
  );
  // Beside far more columns than features a row is a series, and a column that counts is its number.
  const numeric = free.filter((column) => sample.profiles[column]!.kind === 'numeric').length;
  const goingOn = [...new Set([...counting, ...clocks])];
  const isNarrow = areSteps || numeric - goingOn.length <= (options.input?.features ?? 4) + 2;
  const isTable = numeric <= MOST_CHANNELS;
  const found = [
    ...new Set([...sure, ...dates, ...likely, ...(isTable ? parted : []), ...(isNarrow ? goingOn : [])]),
  ];
  return found.length === 0 && unsorted.length === 1 ? unsorted : found;
}

/** It starts at its first number each time, as the clock of each of several recordings does. */
function beginsAnew({ profiles, rows, number }: Sample, column: number): boolean {
  const first = number(0, column);
  const starts = rows.flatMap((_, at) => (at > 0 && number(at, column) < number(at - 1, column) ? [at] : []));
  const parts = [...starts, rows.length].map((end, at) => end - (starts[at - 1] ?? 0));
  return (
    profiles[column]!.back > 0 &&
    starts.every((at) => number(at, column) === first) &&
    parts.every((length) => length >= FEWEST_OF_PART)
  );
}

/** A counter that starts again where the numbers of another column change, and nowhere else. */
function isPartedCounter(sample: Sample, column: number): boolean {
  return (
    isCounter(sample, column) &&
    beginsAnew(sample, column) &&
    sample.profiles.some((_, other) => other !== column && partsTimes(sample, other, column))
  );
}

/** Words that are dates with a time of day, hardly two rows alike in an instance. */
function areDates(sample: Sample, column: number): boolean {
  const { profiles, rows, decimalComma } = sample;
  const { kind, runs, filled } = profiles[column]!;
  const isDate = (row: readonly string[]) => readingOf((row[column] ?? '').trim(), decimalComma) === 'date';
  const hasTime = (row: readonly string[]) => (row[column] ?? '').includes(':');
  return (
    kind === 'text' &&
    filled === rows.length &&
    filled >= rowsToCount &&
    runs === filled &&
    rows.every(hasTime) &&
    (rows.every(isDate) || sample.dates(column) !== undefined)
  );
}

/** Large whole numbers that go forward from row to row: a clock that nobody has set to zero. */
function isClock({ profiles, number }: Sample, column: number): boolean {
  const { whole, forward, rows } = profiles[column]!;
  return whole && forward === 1 && rows >= rowsToCount && number(0, column) >= SINCE_EPOCH;
}

/** Whole numbers that are larger from row to row, all of them: dates in digits, seconds of a day, numbers of rows with gaps. */
function goesOnly({ profiles }: Sample, column: number): boolean {
  const { whole, forward, rows } = profiles[column]!;
  return whole && forward === 1 && rows >= 2 * rowsToCount;
}

/** It begins anew a few times, if at all: the recordings of several devices. */
function isClockOfParts(sample: Sample, column: number): boolean {
  const { forward, back, rows } = sample.profiles[column]!;
  return forward >= 0.9 && back * rowsToCount <= rows && saysTime(sample, column);
}

/** A word in the corner of a table whose columns are named by numbers is no name of times; its cells name the rows. */
function namesRows({ profiles, names }: Sample, column: number): boolean {
  if (profiles[column]!.kind !== 'text' || column > 0) return false;
  const numbers = names.filter((name) => name !== '' && Number.isFinite(Number(name.replace(/s$/, ''))));
  return names.length > rowsToCount && numbers.length >= names.length - 2;
}

/** How many columns of numbers there are beyond the features; Infinity where nobody says how many features there are. */
function spareColumns(sample: Sample, { input, features }: DataOptions, free: readonly number[]): number {
  const numeric = free.filter((column) => sample.profiles[column]!.kind === 'numeric').length;
  if (features !== undefined && sample.picks(features)) return Number.POSITIVE_INFINITY;
  return input === undefined ? (sample.named ? 0 : numeric > 1 ? 1 : 0) : numeric - input.features;
}

/** Whole numbers, hardly two alike within an instance. */
function isShuffled(sample: Sample, column: number): boolean {
  const { whole, distinct, filled, back } = sample.profiles[column]!;
  const cases = namedFor('case', sample.names).filter((other) => other !== column);
  const key = (row: readonly string[]) => `${row[cases[0] ?? -1]} ${row[column]}`;
  return (
    whole &&
    distinct > rowsToCount &&
    back > 0 &&
    new Set(sample.rows.map(key)).size > SHUFFLED_APART * filled
  );
}

function goesForward(sample: Sample, column: number, spare: number): boolean {
  const { kind, whole, forward, rows, even, back } = sample.profiles[column]!;
  if (kind === 'text') return true;
  const cases = namedFor('case', sample.names)
    .filter((other) => other !== column)
    .slice(0, 1);
  if (cases.length > 0 && sample.forwardWithin(cases, column)) return true;
  if (even || (forward >= 0.9 && back === 0)) return true;
  return rows <= rowsToCount ? whole : forward >= 0.75 && spare > 0;
}
