import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { timesIn } from './timesIn.ts';

/** Rows of a recording at least; rows whose times go to and fro are merely unsorted. */
const FEWEST_ROWS = 3;
/** Of the time that the shortest part takes. */
const SAME_START = 0.2;

/**
 * Recordings one under the other that no column tells apart: times that start again, or blank lines between them.
 * @param time the column of times
 * @throws ReadingQuestion `several-recordings`
 */
export function askSplits({ sample, options }: Planning, time: number | null): void {
  if (options.split !== undefined || options.layout !== undefined || options.case !== undefined) return;
  const times = time === null ? [] : timesIn(sample, time);
  const back = times.flatMap((now, at) => (at > 0 && now < times[at - 1]! ? [at] : []));
  if (back.length > 0 && !startAgain(times, back)) return;
  const [starts, split, how] =
    back.length > 0
      ? ([back, 'time', `the times in column ${sample.names[time!]} start again`] as const)
      : ([sample.gaps, 'blank', 'blank lines stand between them'] as const);
  const ends = [...starts, sample.rows.length];
  const rows = ends.map((end, at) => end - (starts[at - 1] ?? 0));
  if (starts.length === 0 || rows.some((count) => count < FEWEST_ROWS)) return;
  const equal = rows.every((count) => count === rows[0]) ? ` of ${rows[0]} rows each` : '';
  throw new ReadingQuestion({
    id: 'several-recordings',
    sentence: `${sample.fileName} looks like ${rows.length} recordings${equal} one under the other: ${how}`,
    ways: [
      {
        label:
          split === 'time' ? 'each start is a recording of its own' : 'each block is a recording of its own',
        gives: `${rows.length} instances`,
        patch: { data: { split } },
      },
      {
        label: 'all rows are one recording',
        gives: '1 instance',
        patch: {
          data: {
            layout: 'single',
            ...(split === 'time' && { time: null }),
            ...(split === 'time' && numbers(sample, time!)),
          },
        },
      },
      ...(split === 'time' ? signalWay(sample, time!) : []),
    ],
  });
}

/** A column whose name says no time may be a signal like the teeth of a saw. */
function signalWay(sample: Sample, time: number): Alternative[] {
  const name = sample.names[time]!;
  if (!sample.named || timeName(name) !== null || sample.profiles[time]!.kind !== 'numeric') return [];
  const features = sample.numeric(new Set()).map((column) => sample.names[column]!);
  return [
    {
      label: `all rows are one recording, and ${name} is a feature`,
      gives: '1 instance',
      patch: { data: { layout: 'single', time: null, features } },
    },
  ];
}

/** Without its role the column would be a feature. */
function numbers(sample: Sample, time: number): { features?: readonly string[] } {
  return sample.named && sample.profiles[time]!.kind === 'numeric'
    ? { features: sample.numeric(new Set([time])).map((column) => sample.names[column]!) }
    : {};
}

/**
 * Whether the parts begin at about one time, as those of a clock that is set to zero do. Parts in any other order are
 * rows that are not sorted, or recordings by a clock that goes on: the reader says where the times go back.
 */
function startAgain(times: readonly number[], starts: readonly number[]): boolean {
  const parts = [0, ...starts].map((from, at) => times.slice(from, starts[at]));
  const shortest = Math.min(...parts.map((part) => part.at(-1)! - part[0]!));
  return parts.every((part) => Math.abs(part[0]! - times[0]!) <= SAME_START * shortest);
}
