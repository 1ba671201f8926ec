import type { ValuesOut } from '../graph/foundLogits.ts';
import type { SizedSeries } from '../preprocess/case.ts';
import { argmax } from './probabilities.ts';

/**
 * Which output is explained where nobody names one: the first; of a sequence the one of the last real step, there the
 * first channel, or the likeliest where the channels are classes of a Softmax.
 * @param values how the outputs lie
 * @param logits [outputs] of the instance; needed where the channels are classes
 */
export function outputByDefault(
  { steps, channels, perStep, softmax }: ValuesOut,
  { mask }: Pick<SizedSeries, 'mask'>,
  logits: Float32Array | undefined,
): number {
  if (steps === null) return 0;
  const step = perStep && mask.length === steps ? Math.max(0, mask.lastIndexOf(1)) : steps - 1;
  const at = step * channels;
  return at + (softmax && logits ? argmax(logits.subarray(at, at + channels)) : 0);
}

/** Outputs to show beside each other: all, or all channels of the step; `most` at most. */
export function besides({ steps, channels }: ValuesOut, output: number, most: number): number[] {
  const first = steps === null ? 0 : output - (output % channels);
  return Array.from({ length: Math.min(most, channels) }, (_, channel) => first + channel);
}
