import { channelStatistics } from '../../padding/channelStatistics.ts';
import type { ChannelUnits } from '../../padding/refill.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import type { ReadyStep } from '../../preprocess/step.ts';

/**
 * What "mean" and "one sd" are in the model's units: 0 and 1 where attribution.json standardises with given statistics,
 * else as the real steps of the audited instances have them. What a raw zero becomes is known in the first case only.
 */
export function channelUnits(
  steps: readonly ReadyStep[],
  cases: readonly Case[],
  shape: InputShape,
  features: readonly string[],
): ChannelUnits {
  const standardize = steps.find((step) => step.kind === 'standardize');
  if (standardize?.by !== 'given') return { ...channelStatistics(cases, shape, 'real'), rawZero: null };
  const order = features.map((name, f) => Math.max(0, standardize.features?.indexOf(name) ?? f));
  return {
    mean: new Float64Array(shape.features),
    sd: new Float64Array(shape.features).fill(1),
    rawZero: Float64Array.from(order, (at) => {
      const std = standardize.std[at]!;
      return std === 0 ? 0 : -standardize.mean[at]! / std;
    }),
  };
}
