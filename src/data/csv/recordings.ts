import type { DataOptions } from '../dataOptions.ts';
import { changesOnlyAt, startsOf } from './borders.ts';
import { clockBreaks } from './clockPieces.ts';
import { isCaseName, isLabelCode, namedFor } from './nameWords.ts';
import { restOf } from './restBetween.ts';
import type { Sample } from './sample.ts';
import { timesIn } from './timesIn.ts';

/** Several recordings one under the other, and the columns that tell them apart. */
export interface Recordings {
  readonly columns: readonly number[];
  /** Rows of each, as far as looked at. */
  readonly lengths: readonly number[];
  /** Whether something beside the columns shows it: time starts again at every border, or all are as long as the model's input. */
  readonly confirmed: boolean;
  /** The same key comes again after rows of others. */
  readonly recurs: boolean;
}

const fewestRows = 3;
/** Of a part that only its number shows. */
const FEWEST_OF_PART = 8;
/** Numbers of a counter at least. */
const FEWEST_COUNTED = 4;

/**
 * Looks for columns that stay the same through runs of rows: the smallest set whose changes are the borders of the
 * runs. Columns of text and whole numbers only; labels count, but alone they tell no recordings apart.
 * @param time its restarts are borders that must be explained
 */
export function findRecordings(
  sample: Sample,
  options: DataOptions,
  free: readonly number[],
  time: number | null,
): Recordings | undefined {
  const spare = spareOf(sample, options, free, time);
  const isOpen = options.input === undefined && options.features === undefined;
  const clocks = [...(time === null ? [] : [time]), ...startingAgain(sample, free, time)];
  // A clock may go on elsewhere rather than start again.
  const breaks = isOpen || spare > 0 ? free.flatMap((column) => clockBreaks(sample, column) ?? []) : [];
  const keys = free.filter(
    (column) =>
      column !== time &&
      (staysThroughRuns(sample, column, spare) ||
        breaks.some((rows) => staysInRuns(sample, column) && changesOnlyAt(sample, column, rows)) ||
        (isOpen && numbersParts(sample, column)) ||
        clocks.some((clock) => clock !== column && partsTimes(sample, column, clock))),
  );
  const found = recordingsBy(sample, options, keys, clocks);
  if (!found || found.confirmed) return found;
  // A signal of few whole numbers stands still for a while, too.
  for (const clock of clocks) {
    const starts = startsOf(timesIn(sample, clock));
    const parted = keys.filter((column) => changesOnlyAt(sample, column, starts));
    const better = recordingsBy(sample, options, parted, clocks);
    if (better?.confirmed) return better;
  }
  const firm = keys.filter((column) => isFirm(sample, column));
  const better = recordingsBy(sample, options, firm, clocks);
  return better && !better.recurs ? better : found;
}

function recordingsBy(
  sample: Sample,
  options: DataOptions,
  keys: readonly number[],
  clocks: readonly number[],
): Recordings | undefined {
  if (keys.length === 0) return undefined;
  const all = segments(sample, keys);
  if (all.length < 2 || sample.rows.length / all.length < fewestRows) return undefined;
  const chosen = smallest(sample, keys, all);
  const lengths = all.map(({ rows }) => rows);
  const recurs = new Set(all.map(({ start }) => keyOf(sample, chosen, start))).size < all.length;
  return {
    columns: chosen,
    lengths,
    recurs,
    confirmed: !recurs && confirms(sample, options, all, lengths, clocks),
  };
}

/** Counters beside the time that begin again at one number, as `frame` does beside the time of day. */
function startingAgain(sample: Sample, free: readonly number[], time: number | null): number[] {
  return free.filter((column) => {
    const { whole, even, back, distinct } = sample.profiles[column]!;
    if (column === time || !sample.named || !whole || !even || back === 0 || distinct <= FEWEST_COUNTED)
      return false;
    const numbers = timesIn(sample, column);
    return [...startsOf(numbers)].every((at) => numbers[at] === numbers[0]);
  });
}

/** Words, what is called a recording or a class, and numbers that stay through long runs, each once. */
function isFirm(sample: Sample, column: number): boolean {
  const { kind, rows, runs } = sample.profiles[column]!;
  if (kind === 'text' || isCaseName(sample.names[column]!) || isLabel(sample, column)) return true;
  return isNumbering(sample, column) && rows >= FEWEST_OF_PART * runs;
}

/** A column of whole numbers, whatever its name, whose changes are the places where time starts again. */
export function partsTimes(sample: Sample, column: number, time: number): boolean {
  return isNumbering(sample, column) && restartsAt(sample, segments(sample, [column]), time);
}

/** Whole numbers, each through one run of rows. */
export function isNumbering({ profiles }: Sample, column: number): boolean {
  const { whole, distinct, filled, runs, rows } = profiles[column]!;
  return whole && filled === rows && distinct > 1 && distinct === runs && rows / runs >= fewestRows;
}

/** Whole numbers that stay through long runs, each once but for the rest between them: beside signals they are hardly one. */
function numbersParts(sample: Sample, column: number): boolean {
  const { whole, filled, rows, runs } = sample.profiles[column]!;
  return (
    rows >= FEWEST_OF_PART * runs &&
    (isNumbering(sample, column) || (whole && filled === rows && restOf(sample, column) !== undefined)) &&
    sample.profiles.some(({ kind, whole: isWhole }) => kind === 'numeric' && !isWhole)
  );
}

/** Columns that number the recordings where `columns` come again with the same values: each of their changes is one, too. */
export function numberingColumns(sample: Sample, columns: readonly number[]): number[] {
  return sample.profiles.flatMap((_, column) =>
    !columns.includes(column) &&
    isNumbering(sample, column) &&
    segments(sample, [column, ...columns]).length === sample.profiles[column]!.runs
      ? [column]
      : [],
  );
}

interface Segment {
  readonly start: number;
  readonly rows: number;
}

/** Columns of numbers beyond the features, without times and those that are named as cases. */
function spareOf(
  sample: Sample,
  { input, features }: DataOptions,
  free: readonly number[],
  time: number | null,
): number {
  if (features !== undefined) return Number.POSITIVE_INFINITY;
  const cases = namedFor('case', sample.names);
  const numeric = free.filter(
    (column) => column !== time && !cases.includes(column) && sample.profiles[column]!.kind === 'numeric',
  ).length;
  return input ? numeric - input.features : 0;
}

/** Words or whole numbers, each for some rows; a blank cell names nothing. */
function staysInRuns({ profiles }: Sample, column: number): boolean {
  const { kind, whole, distinct, filled, runs, rows } = profiles[column]!;
  return distinct > 1 && filled === rows && rows / runs >= fewestRows && (kind === 'text' || whole);
}

function staysThroughRuns(sample: Sample, column: number, spare: number): boolean {
  if (!staysInRuns(sample, column)) return false;
  const { kind } = sample.profiles[column]!;
  const name = sample.names[column]!;
  return kind === 'text' || isCaseName(name) || isLabelCode(name) || isLabel(sample, column) || spare > 0;
}

function isLabel(sample: Sample, column: number): boolean {
  return namedFor('label', sample.names).includes(column);
}

function segments({ rows }: Sample, columns: readonly number[]): Segment[] {
  const found: { start: number; rows: number }[] = [];
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    if (!before || columns.some((column) => before[column]?.trim() !== row[column]?.trim())) {
      found.push({ start: at, rows: 0 });
    }
    found.at(-1)!.rows++;
  }
  return found;
}

function keyOf({ rows }: Sample, columns: readonly number[], at: number): string {
  return JSON.stringify(columns.map((column) => rows[at]![column]?.trim()));
}

/** Leaves out what is not needed to tell the runs apart, labels first. */
function smallest(sample: Sample, keys: readonly number[], all: readonly Segment[]): number[] {
  const tellsApart = (columns: readonly number[]): boolean =>
    columns.length > 0 &&
    segments(sample, columns).length === all.length &&
    new Set(all.map(({ start }) => keyOf(sample, columns, start))).size === all.length;
  let chosen = [...keys];
  const weight = (column: number): number =>
    isLabel(sample, column) ? 0 : isCaseName(sample.names[column]!) ? 2 : 1;
  for (const column of keys.toSorted((a, b) => weight(a) - weight(b))) {
    const without = chosen.filter((other) => other !== column);
    if (tellsApart(without)) chosen = without;
  }
  return chosen;
}

function confirms(
  sample: Sample,
  { input }: DataOptions,
  all: readonly Segment[],
  lengths: readonly number[],
  clocks: readonly number[],
): boolean {
  if (input?.steps != null && lengths.slice(0, -1).every((length) => length === input.steps)) return true;
  return clocks.some((clock) => restartsAt(sample, all, clock));
}

/** Time goes back at every border and nowhere else. */
function restartsAt(sample: Sample, all: readonly Segment[], time: number): boolean {
  const starts = new Set(all.map(({ start }) => start));
  const times = timesIn(sample, time);
  return times.every((now, at) => {
    if (at === 0) return true;
    const goesBack = now < times[at - 1]!;
    return goesBack === starts.has(at);
  });
}
