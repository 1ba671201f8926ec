import { Refusal } from '../refusal.ts';
import type { TrainingSeries } from './series.ts';

/** Series per step where memory does not matter. */
const USUAL_BATCH = 32;
/** The statistics of batch norms rest on every step of so many series, too, where they fit. */
const LEAST = 2;
/** What one step may take, so that a training stays below 1 GB, and beside a large file. */
const [BYTES_PER_STEP, BESIDE_LARGE] = [720e6, 160e6];
/** Numbers of all series from which on their file takes much of the memory itself: read, they take 16 MB, and often three times as much as text. */
const LARGE = 2 ** 22;

/**
 * Series per step: as many as fit into memory, 32 at the most.
 * @param bytes that a step takes for each, as stepBytes has them
 * @param crowded whether a large file is in memory; where the series hold many numbers, unless given
 * @throws Refusal `no-memory` where not even one fits
 */
export function batchSize(
  bytes: number,
  series: readonly TrainingSeries[],
  crowded = series.length > 0 && series.length * series[0]!.x.length > LARGE,
): number {
  const most = Math.floor(BYTES_PER_STEP / bytes);
  if (most < 1) throw new Refusal('no-memory', doesNotFit(bytes));
  const fitting = crowded ? Math.floor(BESIDE_LARGE / bytes) : most;
  return Math.min(USUAL_BATCH, most, Math.max(LEAST, fitting));
}

function doesNotFit(bytes: number): string {
  return `One series takes about ${megabytes(bytes)} MB in a step of training this network, more than the ${megabytes(BYTES_PER_STEP)} MB that a step may take: cut the series into windows ("window" under "data" in attribution.json, or --set data.window=STEPS), or take a network of fewer filters.`;
}

/**
 * What is said where fewer series fit than are usual; undefined where they do.
 * @param of how many series are learnt from
 */
export function batchSaid(batch: number, bytes: number, of: number): string | undefined {
  if (batch >= Math.min(USUAL_BATCH, of)) return undefined;
  return `Each step of the training learns from ${batch} series, not from ${USUAL_BATCH}: one takes about ${megabytes(bytes)} MB in a step of this network, and more would not fit into memory; shorter windows or fewer filters allow more.`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
}
