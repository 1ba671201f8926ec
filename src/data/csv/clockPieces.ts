import type { Sample } from './sample.ts';

/** Fewer numbers may lie on lines by chance. */
const FEWEST_ROWS = 17;
/** Rows for each place where it breaks off, on average. */
const FEWEST_OF_PIECE = 8;
/** Of one size, but for rounding; of those that are, among the steps within pieces. */
const EVEN = 0.02;
const MOSTLY_EVEN = 0.75;
/** Steps of the usual size that are left out at a break, at least. */
const FAR = 10;
/** Share of different numbers: the teeth of a saw come again. */
const APART = 0.9;

/**
 * The rows before which a clock breaks off that goes on by one step through pieces of the file: devices that ran at other
 * times, one under the other. Undefined for what is no such clock, or one that never breaks off.
 */
export function clockBreaks(sample: Sample, column: number): ReadonlySet<number> | undefined {
  const { kind, distinct, filled, rows, forward, back } = sample.profiles[column]!;
  const mayBe =
    kind === 'numeric' &&
    filled === rows &&
    rows >= FEWEST_ROWS &&
    distinct >= APART * rows &&
    (forward * rows + 1) * FEWEST_OF_PIECE >= (FEWEST_OF_PIECE - 1) * (rows - 1) &&
    back * FEWEST_OF_PIECE <= rows;
  if (!mayBe) return undefined;
  const numbers = sample.rows.map((_, at) => sample.number(at, column));
  const steps = numbers.slice(1).map((number, at) => number - numbers[at]!);
  const middle = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  const breaks = new Set(steps.flatMap((step, at) => (step <= 0 || step >= FAR * middle ? [at + 1] : [])));
  const within = steps.filter((_, at) => !breaks.has(at + 1));
  const even = within.filter((step) => Math.abs(step - middle) <= EVEN * middle).length;
  return middle > 0 &&
    breaks.size > 0 &&
    breaks.size * FEWEST_OF_PIECE <= rows &&
    even >= MOSTLY_EVEN * within.length &&
    areApart(numbers, breaks)
    ? breaks
    : undefined;
}

/** No two devices of one clock ran at the same time; the teeth of a saw lie side by side. */
function areApart(numbers: readonly number[], breaks: ReadonlySet<number>): boolean {
  const starts = [0, ...breaks];
  const pieces = starts.map((start, at) => ({
    first: numbers[start]!,
    last: numbers[(starts[at + 1] ?? numbers.length) - 1]!,
  }));
  const sorted = pieces.toSorted((a, b) => a.first - b.first);
  return sorted.every(({ first }, at) => at === 0 || first > sorted[at - 1]!.last);
}
