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
  const mean = new Float64Array(features);
  const sd = new Float64Array(features);
  for (let f = 0; f < features; f++) {
    let [n, sum, square] = [0, 0, 0];
    for (const { x, mask } of cases) {
      for (let t = 0; t < steps; t++) {
        if (which === 'real' && !mask[t]) continue;
        const value = x[f * steps + t]!;
        n++;
        sum += value;
        square += value * value;
      }
    }
    mean[f] = sum / n;
    sd[f] = Math.sqrt(Math.max(0, square / n - mean[f]! ** 2));
  }
  return { mean, sd };
}
