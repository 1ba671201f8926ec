import { notNumeric, parseCell } from './cell.ts';
import { type ClockKind, clockKind } from './clockNumbers.ts';

/** What the first rows tell about one column. */
export interface ColumnProfile {
  /** text: hardly any numbers; blank: no value at all. A column of numbers with a stray word is numeric: the word is refused later. */
  readonly kind: 'numeric' | 'text' | 'blank';
  /** Numeric and whole numbers only. */
  readonly whole: boolean;
  readonly distinct: number;
  /** Rows looked at that have a value, and all that were looked at. */
  readonly filled: number;
  readonly rows: number;
  /** Whole numbers, each one more than the one before. */
  readonly counts: boolean;
  /** Numbers that go on by one step, but for rounding and for places where they start again. */
  readonly even: boolean;
  /** Whole numbers that go forward by one step, or by some at once where rows are lost. */
  readonly gappy: boolean;
  /** How it says a time where it does not go on by one step. */
  readonly clock: ClockKind | undefined;
  /** Share of rows whose number is larger than the one before. */
  readonly forward: number;
  /** How often the number is smaller than the one before. */
  readonly back: number;
  /** Runs of one value. */
  readonly runs: number;
}

/** Fewer numbers may lie on a line by chance. */
const FEWEST_ON_LINE = 16;
/** Share of the rows that follow the one before, and of those that lack, where a row number has gaps. */
const FEWEST_WHOLE = 0.6;
const MOST_LOST = 1;
/** By how much of itself a step may differ from the others. */
const ROUNDING = 0.02;

/**
 * What a column looks like in the first rows of a file.
 * @param read [rows], receives the number of each cell: NaN for whatever is none
 */
export function profileColumn(
  cells: readonly string[],
  decimalComma: boolean,
  read?: Float64Array,
): ColumnProfile {
  const seen = new Set<string>();
  const numbers: number[] = [];
  let text = 0;
  let whole = true;
  let runs = 0;
  let before: string | undefined;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!.trim();
    const value = parseCell(cell, decimalComma);
    if (read) read[row] = value === notNumeric ? Number.NaN : value;
    if (cell !== before) runs++;
    before = cell;
    if (value === notNumeric) {
      text++;
    } else if (Number.isNaN(value)) {
      continue;
    } else {
      numbers.push(value);
      whole &&= Number.isInteger(value);
    }
    seen.add(cell);
  }
  const numeric = numbers.length;
  const kind = numeric + text === 0 ? 'blank' : text > numeric ? 'text' : 'numeric';
  const pure = kind === 'numeric' && text === 0;
  const course = new Course(pure && numeric === cells.length ? numbers : [], () => lastDigit(cells));
  return {
    kind,
    whole: pure && whole,
    distinct: seen.size,
    filled: numeric + text,
    rows: cells.length,
    counts: pure && whole && numbers.every((value, at) => at === 0 || value === numbers[at - 1]! + 1),
    runs,
    forward: course.forward,
    back: course.back,
    get even() {
      return course.even;
    },
    get gappy() {
      return course.gappy;
    },
    get clock() {
      return course.clock;
    },
  };
}

/** The worth of the last digit that is written of a column's numbers. */
function lastDigit(cells: readonly string[]): number {
  let decimals = 0;
  for (const cell of cells) {
    const digits = /^[+-]?\d+[.,](\d+)$/.exec(cell.trim())?.[1] ?? '';
    decimals = Math.max(decimals, digits.length);
  }
  return 10 ** -decimals;
}

/** A clock of 60 Hz in milliseconds (0, 17, 33, 50): numbers on a line but for the rounding of the last digit. */
function isLine(numbers: readonly number[], digit: number): boolean {
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  const step = (last - first) / (numbers.length - 1);
  return (
    step > digit && numbers.every((number, at) => Math.abs(number - (first + at * step)) <= 1.001 * digit)
  );
}

function hasGaps(steps: readonly number[]): boolean {
  const least = Math.min(...steps);
  const lost = steps.reduce((sum, step) => sum + step / least - 1, 0);
  return (
    Number.isInteger(least) &&
    steps.every((step) => step % least === 0) &&
    steps.filter((step) => step === least).length >= FEWEST_WHOLE * steps.length &&
    lost <= MOST_LOST * steps.length
  );
}

/** How numbers go on from row to row. Whether they are evenly spaced or a clock is looked at when it is asked. */
class Course {
  readonly forward: number;
  readonly back: number;
  #even: boolean | undefined;
  #clock: { readonly kind: ClockKind | undefined } | undefined;
  readonly #digit: () => number;
  readonly #alwaysUp: boolean;
  /** Least and largest step forward. */
  readonly #ups: { readonly least: number; readonly most: number; readonly count: number };

  constructor(
    private readonly numbers: readonly number[],
    digit: () => number,
  ) {
    let [count, back, least, most] = [0, 0, Number.POSITIVE_INFINITY, 0];
    for (let at = 1; at < numbers.length; at++) {
      const step = numbers[at]! - numbers[at - 1]!;
      if (step < 0) back++;
      if (!(step > 0)) continue;
      count++;
      if (step < least) least = step;
      if (step > most) most = step;
    }
    const steps = Math.max(0, numbers.length - 1);
    this.forward = steps === 0 ? 0 : count / steps;
    this.back = back;
    this.#alwaysUp = count === steps;
    this.#ups = { least, most, count };
    this.#digit = digit;
  }

  get even(): boolean {
    this.#even ??= this.#isEven();
    return this.#even;
  }

  get gappy(): boolean {
    const { numbers } = this;
    return (
      numbers.length > FEWEST_ON_LINE &&
      this.#alwaysUp &&
      hasGaps(numbers.slice(1).map((value, at) => value - numbers[at]!))
    );
  }

  get clock(): ClockKind | undefined {
    this.#clock ??= { kind: clockKind(this.numbers, this.#digit()) };
    return this.#clock.kind;
  }

  #isEven(): boolean {
    const { numbers, back } = this;
    const { least, most, count } = this.#ups;
    if (count === 0) return false;
    const onLine = () => numbers.length > FEWEST_ON_LINE && this.#alwaysUp && isLine(numbers, this.#digit());
    // None of them can be near the middle one.
    if (most - least > 2 * ROUNDING * most) return onLine();
    const steps = numbers.slice(1).map((value, at) => value - numbers[at]!);
    const up = steps.filter((step) => step > 0);
    const middle = up.toSorted((a, b) => a - b)[up.length >> 1]!;
    // The last digit of a time is rounded: steps of 0.0002777… are written 0.000278 and 0.000277.
    const fits = up.every((step) => Math.abs(step - middle) <= ROUNDING * middle);
    const restarts = steps.filter((step, at) => step < 0 && numbers[at + 1] === numbers[0]).length;
    return (
      (fits && up.length + back === steps.length && (restarts === back || back * 8 <= steps.length)) ||
      onLine()
    );
  }
}
