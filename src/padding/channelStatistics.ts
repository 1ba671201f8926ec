import type { Case, InputShape } from '../preprocess/case.ts';

/** Mean and sd of every feature over many instances, in the model's units. Each array is [F]. */
interface ChannelStatistics {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** @param which `real`: over real steps only; `all`: padding counted as if it were data */
export function channelStatistics(
  cases: readonly Case[],
  { features, steps }: InputShape,
  which: 'real' | 'all',
): ChannelStatistics {
  const [count, mean, square] = [0, 1, 2].map(() => new Float64Array(features)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const { x, mask } of cases) {
    for (let f = 0; f < features; f++) {
      for (let t = 0; t < steps; t++) {
        if (which === 'real' && !mask[t]) continue;
        const value = x[f * steps + t]!;
        count[f]!++;
        mean[f]! += value;
        square[f]! += value * value;
      }
    }
  }
  for (let f = 0; f < features; f++) mean[f]! /= count[f]!;
  const sd = mean.map((of, f) => Math.sqrt(Math.max(0, square[f]! / count[f]! - of ** 2)));
  return { mean, sd };
}
