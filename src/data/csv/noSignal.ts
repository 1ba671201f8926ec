import { listed } from '../../format.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { fewWholeNumbers, likelyClasses } from './classNumbers.ts';
import { clockBreaks } from './clockPieces.ts';
import { saysTime } from './clocks.ts';
import { askForward } from './forwardColumn.ts';
import type { Layout } from './layout.ts';
import type { OddColumn, Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { isCounter } from './timeColumn.ts';

/** Why a column of numbers is surely no signal. */
export type NoSignal = OddColumn['why'];

/** Steps of one size, but for the rounding of the last digit. */
const EVEN = 0.02;
/** Rows of an instance on average that show that a number stays the same. */
const FEWEST_ROWS = 3;
/** Of a question. */
const MOST_WAYS = 4;

const REASONS: Readonly<Record<NoSignal, string>> = {
  count: 'it goes on by one step from row to row',
  code: 'it numbers the labels',
  static: 'one number through each instance',
};

/** What the columns of a table are for, as far as it is known before the features. */
export interface KnownRoles {
  readonly layout: Layout;
  readonly label: number | null;
}

/** Whole numbers that start again, too. */
export function countsOrGoesOn(sample: Sample, layout: Layout, column: number): boolean {
  return (sample.profiles[column]!.whole && isCounter(sample, column)) || goesOn(sample, layout, column);
}

/** A clock or a row number: it goes on evenly through the file, or through each instance by a step of its own. */
function goesOn(sample: Sample, { layout, case: cases }: Layout, column: number): boolean {
  // Numbers that start again elsewhere than with an instance may be a signal like the teeth of a saw.
  const isThroughout = isCounter(sample, column) && sample.profiles[column]!.back === 0;
  if (isThroughout || sample.profiles[column]!.clock !== undefined) return true;
  const isClock = sample.profiles[column]!.whole || saysTime(sample, column);
  if (isClock && clockBreaks(sample, column) !== undefined) return true;
  return layout === 'long' && (isEvenWithin(sample, cases, column) || countsUpWithin(sample, cases, column));
}

/** A clock of several devices, within an instance: nothing can be said of the rows that follow. */
function breaksOff(sample: Sample, { layout, case: cases }: Layout, column: number): boolean {
  const isWithin = layout === 'long' && sample.risesWithin(cases, column);
  return !isWithin && clockBreaks(sample, column) !== undefined && !isCounter(sample, column);
}

/** Few whole numbers, one for each label: a second column of the classes. */
export function numbersLabels(sample: Sample, label: number, column: number): boolean {
  if (!fewWholeNumbers(sample, column)) return false;
  const kinds = (...columns: readonly number[]) =>
    new Set(sample.rows.map((row) => JSON.stringify(columns.map((at) => row[at]?.trim())))).size;
  return kinds(column) === kinds(label) && kinds(column, label) === kinds(label) && kinds(label) > 1;
}

/** A person's age, a fold, a length: different numbers, but one through each of several instances. */
export function isStatic(sample: Sample, { layout, case: cases }: Layout, column: number): boolean {
  if (layout !== 'long' || cases.length === 0 || sample.profiles[column]!.distinct < 2) return false;
  const instances = new Set(sample.rows.map((row) => JSON.stringify(cases.map((at) => row[at]?.trim()))));
  return (
    instances.size * FEWEST_ROWS <= sample.rows.length &&
    sample.profiles[column]!.filled === sample.rows.length &&
    sample.constantWithin(cases, column)
  );
}

/** The first rule by which a column is no signal; undefined where none holds. */
function noSignal(sample: Sample, { layout, label }: KnownRoles, column: number): NoSignal | undefined {
  if (goesOn(sample, layout, column)) return 'count';
  if (label !== null && numbersLabels(sample, label, column)) return 'code';
  return isStatic(sample, layout, column) ? 'static' : undefined;
}

/**
 * No model says how many features there are: what is surely no signal is left aside, unless all columns are like that.
 * @throws ReadingQuestion `odd-feature` where nothing else is the class
 */
export function withoutOddColumns(
  planning: Planning,
  roles: KnownRoles & { readonly time: number | null },
  columns: readonly number[],
): number[] {
  const { sample, options } = planning;
  // Without names that is how to say that all columns are features.
  if (!sample.named && options.time === null && options.label === null) return [...columns];
  const whys = new Map(columns.map((column) => [column, noSignal(sample, roles, column)]));
  const rest = columns.filter((column) => whys.get(column) === undefined);
  if (rest.length === 0) return [...columns];
  askForward(planning, roles, rest);
  askClass(planning, roles, columns, rest, (column) => whys.get(column) === 'static');
  const { layout } = roles;
  const counting = columns.filter((column) => whys.get(column) === 'count');
  const broken = counting.filter((column) => breaksOff(sample, layout, column));
  planning.leave(broken, 'it goes on by one step but for a few places');
  const rising = counting.filter(
    (column) =>
      !broken.includes(column) &&
      layout.layout === 'long' &&
      countsUpWithin(sample, layout.case, column) &&
      !isEvenWithin(sample, layout.case, column),
  );
  planning.leaveOdd(rising, 'count', 'it goes forward from row to row of each instance');
  const said = [...broken, ...rising];
  for (const why of ['count', 'code', 'static'] as const) {
    planning.leaveOdd(
      columns.filter((column) => whys.get(column) === why && !said.includes(column)),
      why,
      REASONS[why],
    );
  }
  return rest;
}

/** Columns of few whole numbers, the same through each instance, where there is no label: one may be the class. */
function askClass(
  { sample, options }: Planning,
  { label }: KnownRoles,
  columns: readonly number[],
  rest: readonly number[],
  isOdd: (column: number) => boolean,
): void {
  if (label !== null || options.label !== undefined) return;
  const classes = likelyClasses(sample, columns.filter(isOdd));
  if (classes.length === 0) return;
  const names = classes.map((column) => sample.names[column]!);
  const features = rest.map((column) => sample.names[column]!);
  const [is, either, one] =
    names.length === 1 ? ['is', 'is neither', 'is a feature'] : ['are', 'are neither', 'are features'];
  const [first, ...others] = names
    .slice(0, MOST_WAYS)
    .map((name) => ({ label: `${name} is the label`, patch: { data: { label: name } } }));
  throw new ReadingQuestion({
    id: 'odd-feature',
    sentence: `${sample.fileName}: ${listed(names)} ${is} one whole number through each instance, as a class is`,
    // A sentence says the first three.
    ways: [
      first!,
      { label: `${listed(names)} ${either} label nor feature`, patch: { data: { features } } },
      { label: `${listed(names)} ${one}`, patch: { data: { features: [...features, ...names] } } },
      ...others,
    ],
  });
}

/** Whole numbers that are larger from row to row of every instance: dates in digits, ticks, numbers of rows with gaps. */
function countsUpWithin(sample: Sample, cases: readonly number[], column: number): boolean {
  return cases.length > 0 && sample.profiles[column]!.whole && sample.risesWithin(cases, column);
}

function isEvenWithin(sample: Sample, cases: readonly number[], column: number): boolean {
  const { filled, distinct, rows, back } = sample.profiles[column]!;
  if (filled < rows || distinct <= 4 || back === 0) return false;
  const before = new Map<string, { readonly value: number; readonly step?: number }>();
  let shown = 0;
  const even = sample.rows.every((row, at) => {
    const key = JSON.stringify(cases.map((one) => row[one]?.trim()));
    const value = sample.number(at, column);
    const known = before.get(key);
    const step = known && value - known.value;
    before.set(key, { value, step: known?.step ?? step });
    if (step === undefined) return true;
    if (known?.step !== undefined) shown++;
    return step > 0 && Math.abs(step - (known?.step ?? step)) <= EVEN * step;
  });
  return even && shown >= FEWEST_ROWS * before.size;
}
