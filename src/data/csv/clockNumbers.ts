/** Fewer numbers may lie like that by chance. */
const FEWEST = 17;
const DAY = 86_400;
/** Steps of one size, but for the rounding of the last digit. */
const EVEN = 0.02;
/** Of a counter of four bits; fewer are kinds. */
const FEWEST_KINDS = 16;
const MOST_BITS = 32;
/** Of a clock, from its seconds on. */
const FRACTIONS = [1, 1e3, 1e6];

/** Numbers that say a time, though they do not go on by one step from row to row. */
export type ClockKind =
  /** They begin again at 0 where their range ends: a counter of 8 or 16 bits, the seconds of a day. */
  | 'wraps'
  /** Their digits are a date or a time of day, and go forward. */
  | 'dated';

/**
 * What says a time in a column of numbers without gaps.
 * @param numbers [rows]
 * @param digit the worth of the last digit that is written
 */
export function clockKind(numbers: readonly number[], digit: number): ClockKind | undefined {
  if (numbers.length < FEWEST) return undefined;
  const range = rangeOf(numbers, digit);
  if (range !== undefined && isRange(range, numbers, digit)) return 'wraps';
  if (isForward(numbers) && numbers.every(isDate)) return 'dated';
  if (numbers.some((number) => Number.isNaN(secondsOf(number)))) return undefined;
  const seconds = numbers.map(secondsOf);
  // Within one minute they go on by one step as they stand.
  if (minuteOf(numbers[0]!) === minuteOf(numbers.at(-1)!)) return undefined;
  if (isForward(numbers)) return isEven(seconds, digit) ? 'dated' : undefined;
  const day = rangeOf(seconds, digit);
  return day !== undefined && Math.abs(day - DAY) <= 3 * digit ? 'wraps' : undefined;
}

/**
 * By how much the numbers fall short of going on by one step where they go back, if that is the same each time and they
 * begin at 0 there. Recordings that start again begin like the first one, a counter that has been running does not.
 */
function rangeOf(numbers: readonly number[], digit: number): number | undefined {
  if (!mayBeOneStep(numbers, digit)) return undefined;
  const steps = numbers.slice(1).map((number, at) => number - numbers[at]!);
  const up = steps.filter((step) => step > 0).toSorted((a, b) => a - b);
  const step = up[up.length >> 1] ?? 0;
  const room = Math.max(EVEN * step, digit === 1 ? 0 : 1.001 * digit);
  if (!(step > 0) || numbers[0]! < step) return undefined;
  const back = steps.filter((one) => one <= 0);
  const ranges = back.map((one) => step - one);
  const begins = steps.every((one, at) => one > 0 || (numbers[at + 1]! >= 0 && numbers[at + 1]! < step));
  const isOne =
    ranges.length > 0 &&
    ranges.every((range) => Math.abs(range - ranges[0]!) <= 2 * room) &&
    up.every((one) => Math.abs(one - step) <= room);
  return isOne && begins ? ranges[0]! : undefined;
}

/** Steps forward that lie too far apart for any one of them to be near all the others. Most columns show it at once. */
function mayBeOneStep(numbers: readonly number[], digit: number): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let at = 1; at < numbers.length; at++) {
    const step = numbers[at]! - numbers[at - 1]!;
    if (!(step > 0)) continue;
    if (step < least) least = step;
    if (step > most) most = step;
    if (most - least > 2 * Math.max(EVEN * most, 1.001 * digit)) return false;
  }
  return most > 0;
}

/** A range that counters and clocks have. */
function isRange(range: number, numbers: readonly number[], digit: number): boolean {
  const counts = digit === 1 && numbers.every(Number.isInteger);
  const bits = Math.log2(range);
  if (counts && range >= FEWEST_KINDS && Number.isInteger(bits) && bits <= MOST_BITS) return true;
  const near = (length: number): boolean => Math.abs(range - length) <= 3 * digit;
  return FRACTIONS.some((fraction) => near(DAY * fraction) || near(7 * DAY * fraction));
}

function isForward(numbers: readonly number[]): boolean {
  return numbers.every((number, at) => at === 0 || number > numbers[at - 1]!);
}

function isEven(numbers: readonly number[], digit: number): boolean {
  const step = (numbers.at(-1)! - numbers[0]!) / (numbers.length - 1);
  return numbers.every(
    (number, at) => at === 0 || Math.abs(number - numbers[at - 1]! - step) <= EVEN * step + digit * EVEN,
  );
}

/** 20240130, 2024013022, 202401302259, 20240130225950. */
function isDate(number: number): boolean {
  const digits = String(number);
  const parts = /^((?:19|20)\d\d)(\d\d)(\d\d)((?:\d\d){0,3})$/.exec(digits);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [hour = 0, minute = 0, second = 0] = (parts[4]!.match(/\d\d/g) ?? []).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour <= 24 && minute < 60 && second <= 60
  );
}

/** Of a day, from 225950.5; NaN for what is no time of day. */
function secondsOf(number: number): number {
  const hour = Math.floor(number / 1e4);
  const minute = minuteOf(number) % 100;
  const second = number % 100;
  const isTime = number >= 0 && hour < 24 && minute < 60 && second < 60;
  return isTime ? hour * 3600 + minute * 60 + second : Number.NaN;
}

function minuteOf(number: number): number {
  return Math.floor(number / 100);
}
