import { listed } from '../../format.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { isTimesName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { timesIn } from './timesIn.ts';

/**
 * Times that are named as that of the rows and say something else: signals of several rates side by side, whose rows are
 * no steps of one series.
 * @throws ReadingQuestion `other-rates`
 */
export function askOtherRates({ sample, options }: Planning, time: number | null): void {
  if (time === null || !sample.named || options.features !== undefined) return;
  const { names, fileName } = sample;
  const stem = stemOf(names[time]!);
  if (!isTimesName(stem)) return;
  const alike = names.flatMap((name, column) => (column !== time && stemOf(name) === stem ? [column] : []));
  if (alike.length === 0) return;
  const own = timesIn(sample, time);
  const step = stepOf(own);
  const others = alike.filter((column) => differ(own, timesIn(sample, column), step));
  if (others.length === 0) return;
  const features = sample
    .numeric(new Set([time, ...alike]))
    .filter((column) => column < others[0]!)
    .map((column) => names[column]!);
  const times = listed([time, ...others].map((column) => names[column]!));
  throw new ReadingQuestion({
    id: 'other-rates',
    sentence: `${fileName} has several times (${times}) that are not the same in a row, as signals recorded at several rates have: a row is no step of all of them; bring them to one time first (in pandas: merge_asof, or resample)`,
    ways: [
      {
        label: `only the signals of ${names[time]!} are taken`,
        patch: { data: { time: names[time]!, features } },
      },
    ],
  });
}

/** Without the number that tells it from others of its name: `Time (2)`, `time.1`, `Time2`. */
function stemOf(name: string): string {
  const [numbered] = /(?: \(\d+\)|[._]\d+|(?<!\d)\d+)$/.exec(name) ?? [''];
  return name
    .slice(0, name.length - numbered.length)
    .trim()
    .toLowerCase();
}

/** The median of what it goes forward by. */
function stepOf(times: ArrayLike<number>): number {
  const steps: number[] = [];
  for (let at = 1; at < times.length; at++) {
    const step = times[at]! - times[at - 1]!;
    if (step > 0) steps.push(step);
  }
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

/** By more than half a step in some row, or one has ended before the other. */
function differ(own: ArrayLike<number>, other: ArrayLike<number>, step: number): boolean {
  for (let row = 0; row < own.length; row++) {
    const apart = Math.abs(own[row]! - other[row]!);
    if (Number.isNaN(own[row]!) !== Number.isNaN(other[row]!) || apart > step / 2) return true;
  }
  return false;
}
