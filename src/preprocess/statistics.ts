import type { Dataset, Instance } from '../data/dataset.ts';
import type { Statistics } from './step.ts';

/**
 * Mean and population standard deviation per feature over the real steps of all instances, NaN left out. A feature that
 * never changes gets exactly 0 as deviation. Two passes: no cancellation on large offsets.
 */
export function fitStatistics({ features, instances }: Pick<Dataset, 'features' | 'instances'>): Statistics {
  const count = new Float64Array(features.length);
  const sum = new Float64Array(features.length);
  const low = new Float64Array(features.length).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(features.length).fill(Number.NEGATIVE_INFINITY);
  visit(features.length, instances, (feature, value) => {
    count[feature]!++;
    sum[feature]! += value;
    low[feature] = Math.min(low[feature]!, value);
    high[feature] = Math.max(high[feature]!, value);
  });
  const constant = features.map((_, feature) => low[feature]! >= high[feature]!);
  const mean = features.map((_, feature) => {
    const seen = count[feature]!;
    return seen === 0 ? 0 : constant[feature] ? low[feature]! : sum[feature]! / seen;
  });
  const squares = new Float64Array(features.length);
  visit(features.length, instances, (feature, value) => {
    squares[feature]! += (value - mean[feature]!) ** 2;
  });
  const std = features.map((_, feature) =>
    constant[feature] ? 0 : Math.sqrt(squares[feature]! / count[feature]!),
  );
  return { mean, std, features };
}

function visit(
  features: number,
  instances: readonly Instance[],
  see: (feature: number, value: number) => void,
): void {
  for (const instance of instances) {
    const { values, mask, length } = instance;
    for (let feature = 0; feature < features; feature++) {
      for (let step = 0; step < length; step++) {
        const value = values[feature * length + step]!;
        if ((mask === undefined || mask[step] === 1) && !Number.isNaN(value)) {
          see(feature, value);
        }
      }
    }
  }
}
