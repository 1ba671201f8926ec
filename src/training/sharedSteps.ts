import { setImmediate as breathe } from 'node:timers/promises';
import type { ReportProgress } from '../progress.ts';
import { Fingerprinted } from './fingerprinted.ts';
import type { TrainingSeries } from './series.ts';

type Masked = Pick<TrainingSeries, 'x' | 'mask'>;

/** Series between two reports, and looks at whether somebody has cancelled. */
const GROUP = 32;

/** What long work is given, as that of an engine's call. */
export interface Working {
  readonly report?: ReportProgress;
  readonly signal?: AbortSignal;
}

/** Series of which is told whether they share a stretch with others. */
interface Compared {
  readonly series: readonly Masked[];
  /** Whether the i-th of them is compared with the j-th of the others; with all unless given. */
  readonly apart?: (i: number, j: number) => boolean;
}

/**
 * Which series share a stretch with one of others: the very same values of all features, to float32, at more than half
 * of the real steps of the shorter one, one behind the other. A stretch counts only where it is too various to have come
 * about by chance: constant values and few levels are not taken for one recording. Signals that repeat without noise are.
 * @returns [n] of each that is compared, how many of its series do; series of few steps, or much shorter than the
 * others, may be missed
 */
export async function sharedSteps(
  others: readonly Masked[],
  compared: readonly Compared[],
  { report, signal }: Working = {},
): Promise<number[]> {
  const all = compared.flatMap(({ series }) => series);
  if (all.length === 0 || others.length === 0) return compared.map(() => 0);
  const book = new Fingerprinted(others, all);
  let done = 0;
  const pause = async () => {
    if (done++ % GROUP > 0) return;
    report?.(done / (others.length + all.length), 'Looking for shared steps');
    await breathe();
    signal?.throwIfAborted();
  };
  for (const one of others) {
    await pause();
    book.add(one);
  }
  const counts: number[] = [];
  for (const { series, apart } of compared) {
    let count = 0;
    for (const [i, one] of series.entries()) {
      await pause();
      if (book.shares(one, (j) => apart?.(i, j) ?? true)) count++;
    }
    counts.push(count);
  }
  return counts;
}
