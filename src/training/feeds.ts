import { stepMask } from '../attribution/feeds.ts';
import { modelFeed } from '../attribution/modelFeed.ts';
import type { Classifier } from '../graph/classifier.ts';
import type { Tensors } from '../graph/runtime.ts';
import type { SeriesShape, TrainingSeries } from './series.ts';

/** The series, and their masks where the classifier takes them. */
export function feedsFor(
  { input, maskInput }: Pick<Classifier, 'input' | 'maskInput'>,
  { features, steps }: SeriesShape,
  some: readonly TrainingSeries[],
): Tensors {
  const all = some.map(({ x }) => x);
  return {
    [input.name]: modelFeed(all, features, steps, input.layout, input.dtype),
    ...(maskInput !== undefined && { [maskInput]: stepMask(some.map(({ mask }) => mask)) }),
  };
}
