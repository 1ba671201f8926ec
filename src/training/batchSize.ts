import { valuesOfTensors } from '../graph/rowsPerRun.ts';
import type { TrainingSeries } from './series.ts';
import type { TrainableModel } from './trainingGraph.ts';

/** Series per step where memory does not matter. */
export const USUAL_BATCH = 32;
/** The statistics of batch norms rest on every step of so many series, too. */
const LEAST = 2;
/** What one step may take beside a large file. */
const BYTES_PER_STEP = 160e6;
/** Forward and backward together hold about this many times what the forward pass makes: measured, 1.6 to 1.9 of XCM, 1.8 of FCN, 1.1 of InceptionTime. */
const TIMES_FORWARD = 2;
/** Numbers of all series from which on their file takes much of the memory itself: read, they take 16 MB, and often three times as much as text. */
const LARGE = 2 ** 22;

/**
 * Series per step: fewer where a network of wide layers learns beside a large file.
 * @param crowded whether there is one; where the series hold many numbers, unless given
 */
export function batchSize(
  model: TrainableModel,
  series: readonly TrainingSeries[],
  crowded = series.length > 0 && series.length * series[0]!.x.length > LARGE,
): number {
  if (!crowded) return USUAL_BATCH;
  const forward = valuesOfTensors(model).reduce((sum, size) => sum + size, 0);
  const fitting = Math.floor(BYTES_PER_STEP / (4 * TIMES_FORWARD * forward));
  return Math.min(USUAL_BATCH, Math.max(LEAST, fitting));
}
