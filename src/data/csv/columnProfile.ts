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

/** What a column looks like in the first rows of a file. */
export function profileColumn(cells: readonly string[], decimalComma: boolean): ColumnProfile {
  const seen = new Set<string>();
  const numbers: number[] = [];
  let text = 0;
  let whole = true;
  let runs = 0;
  let before: string | undefined;
  for (const raw of cells) {
    const cell = raw.trim();
    const value = parseCell(cell, decimalComma);
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
  const digit = lastDigit(cells);
  const kind = numeric + text === 0 ? 'blank' : text > numeric ? 'text' : 'numeric';
  const pure = kind === 'numeric' && text === 0;
  return {
    kind,
    whole: pure && whole,
    distinct: seen.size,
    filled: numeric + text,
    rows: cells.length,
    counts: pure && whole && numbers.every((value, at) => at === 0 || value === numbers[at - 1]! + 1),
    ...course(pure && numeric === cells.length ? numbers : [], digit),
    runs,
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

function course(
  numbers: readonly number[],
  digit: number,
): Pick<ColumnProfile, 'even' | 'gappy' | 'clock' | 'forward' | 'back'> {
  const steps = numbers.slice(1).map((value, at) => value - numbers[at]!);
  const up = steps.filter((step) => step > 0);
  const middle = up.toSorted((a, b) => a - b)[up.length >> 1] ?? 0;
  // The last digit of a time is rounded: steps of 0.0002777… are written 0.000278 and 0.000277.
  const fits = up.filter((step) => Math.abs(step - middle) <= 0.02 * middle).length;
  const back = steps.filter((step) => step < 0).length;
  const restarts = steps.filter((step, at) => step < 0 && numbers[at + 1] === numbers[0]).length;
  return {
    even:
      up.length > 0 &&
      ((fits === up.length &&
        up.length + back === steps.length &&
        (restarts === back || back * 8 <= steps.length)) ||
        (numbers.length > FEWEST_ON_LINE && up.length === steps.length && isLine(numbers, digit))),
    gappy: numbers.length > FEWEST_ON_LINE && up.length === steps.length && hasGaps(up),
    clock: clockKind(numbers, digit),
    forward: steps.length === 0 ? 0 : up.length / steps.length,
    back,
  };
}
