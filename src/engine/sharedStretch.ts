import { basename } from 'node:path';
import { agree } from '../format.ts';
import type { TrainingSeries } from '../training/series.ts';
import { sharedSteps, type Working } from '../training/sharedSteps.ts';

interface Series {
  readonly series: readonly Pick<TrainingSeries, 'x' | 'mask'>[];
  readonly path: string;
}

interface Learnt extends Series {
  /** [n] alike for identical ones; where it is given, they are looked for among one another, too. */
  readonly firsts?: readonly number[];
}

const SAME =
  'the same values of all features at more than half of the steps of the shorter one, one behind the other';

/**
 * Said of series that are judged where many of their steps were learnt from, as of windows that overlap or recordings
 * that begin a little later.
 * @returns for each of the files a clause without its end, then one of the file that is learnt from; undefined where nothing is shared
 */
export async function sharedStretches(
  learnt: Learnt,
  judged: readonly (Series | undefined)[],
  working?: Working,
): Promise<{ readonly judged: readonly (string | undefined)[]; readonly within?: string | undefined }> {
  const { series, path, firsts } = learnt;
  const among = firsts && [{ series, apart: (i: number, j: number) => firsts[i] !== firsts[j] }];
  const counts = await sharedSteps(
    series,
    [...judged.map((one) => ({ series: one?.series ?? [] })), ...(among ?? [])],
    working,
  );
  const from = basename(path);
  const of = (count: number, all: number, file: string) =>
    `${count} of the ${all} series of ${file} ${agree(count, 'shares', 'share')} a stretch with`;
  return {
    judged: judged.map((one, i) => {
      const count = counts[i]!;
      if (!one || count === 0) return undefined;
      return `${of(count, one.series.length, basename(one.path))} a series of ${from} (${SAME}), as windows of one recording do`;
    }),
    ...(among &&
      counts.at(-1)! > 0 && {
        within: `${of(counts.at(-1)!, series.length, from)} another one (${SAME}), as windows of one recording do`,
      }),
  };
}
