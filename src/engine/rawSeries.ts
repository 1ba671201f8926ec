import type { Instance } from '../data/dataset.ts';
import type { FeatureOrder } from '../preprocess/featureOrder.ts';
import type { Prepared } from '../preprocess/prepared.ts';

/** Writes a series in the file's units and the model's order into [F, T]; what stands where padding was put in stays. */
export function putRaw(
  into: Float32Array | Float64Array,
  { values, length }: Instance,
  { features, steps, source }: Prepared,
  { from }: FeatureOrder,
): void {
  for (let feature = 0; feature < features; feature++) {
    const row = from[feature]! * length;
    for (let column = 0; column < steps; column++) {
      const step = source[column]!;
      if (step >= 0) into[feature * steps + column] = values[row + step]!;
    }
  }
}
