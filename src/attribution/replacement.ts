import type { SizedSeries } from '../preprocess/case.ts';
import { createRandom } from '../random.ts';
import { Refusal } from '../refusal.ts';
import type { Replacement } from './methodOptions.ts';

/**
 * [F, T] the values that stand for "nothing there". Means and spreads are the instance's own, per feature over its real
 * steps; a spread of 0 gives noise of 0.
 * @param named the instance that `instance` names, as the model takes it
 * @throws Refusal `other-steps` where it has another number of steps
 */
export function replacementValues(
  replacement: Replacement,
  { x, features, steps, mask }: SizedSeries,
  seed: number,
  named: SizedSeries | undefined,
): Float32Array {
  const values = new Float32Array(x.length);
  switch (replacement.kind) {
    case 'zero':
      return values;
    case 'instance':
      if (!named) throw new Error('the instance that stands for nothing is missing');
      if (named.steps !== steps) {
        throw new Refusal(
          'other-steps',
          `Instance ${replacement.id} has ${named.steps} steps and cannot stand for one of ${steps}; choose another.`,
        );
      }
      return named.x;
    default: {
      const random = createRandom(seed);
      for (let feature = 0; feature < features; feature++) {
        const row = x.subarray(feature * steps, (feature + 1) * steps);
        const { mean, deviation } = spreadOf(row, mask);
        for (let step = 0; step < steps; step++) {
          values[feature * steps + step] =
            replacement.kind === 'mean' ? mean : mean + deviation * random.normal();
        }
      }
      return values;
    }
  }
}

/** Over real steps, all where none is real. */
function spreadOf(row: Float32Array, mask: Uint8Array): { mean: number; deviation: number } {
  const real = mask.includes(1) ? row.filter((_, step) => mask[step] === 1) : row;
  const mean = real.reduce((sum, value) => sum + value, 0) / real.length;
  const squares = real.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / real.length) };
}
