import { stepMask } from '../attribution/feeds.ts';
import { modelFeed } from '../attribution/modelFeed.ts';
import type { Classifier } from '../graph/classifier.ts';
import { MASK_INPUT } from '../graph/masking/maskedGraph.ts';
import type { Runtime, Tensors } from '../graph/runtime.ts';
import type { ReportProgress } from '../progress.ts';
import type { SeriesShape, TrainingSeries } from '../training/series.ts';

/** What a repair starts from. */
export interface Patient {
  /** The classifier with every layer masked; its graph has the mask as an input. */
  readonly masked: Classifier;
  readonly runtime: Runtime;
  readonly shape: SeriesShape;
}

export interface RepairOptions {
  readonly seed: number;
  /** Of masked training; 10 unless given. */
  readonly epochs?: number;
  readonly report?: ReportProgress;
  readonly signal?: AbortSignal;
}

/** The series and their masks, as a masked classifier takes them. */
export function feedsOf(
  { input, maskInput = MASK_INPUT }: Pick<Classifier, 'input' | 'maskInput'>,
  { features, steps }: SeriesShape,
  some: readonly TrainingSeries[],
): Tensors {
  const all = some.map(({ x }) => x);
  return {
    [input.name]: modelFeed(all, features, steps, input.layout, input.dtype),
    [maskInput]: stepMask(some.map(({ mask }) => mask)),
  };
}
