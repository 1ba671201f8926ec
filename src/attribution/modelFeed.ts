import type { InputLayout } from '../graph/inputLayout.ts';
import { float32, type Tensor, tensor } from '../graph/tensor.ts';

/** What of a model's input has to be known to feed it. */
export interface ModelInput {
  readonly name: string;
  readonly layout: InputLayout;
  readonly dtype: 'float32' | 'float64';
  readonly features: number;
  /** The fixed number of instances per run; null where it is free. */
  readonly batch: number | null;
}

/** Series of the same [F, T] feature-major, stacked in the order of axes the model takes. */
export function modelFeed(
  series: readonly Float32Array[],
  features: number,
  steps: number,
  layout: InputLayout,
  dtype: 'float32' | 'float64' = 'float32',
): Tensor {
  const sizes: Readonly<Record<string, number>> = { N: series.length, F: features, T: steps, 1: 1 };
  const data = new Float32Array(series.length * features * steps);
  const timeFirst = layout.indexOf('T') < layout.indexOf('F');
  for (const [n, x] of series.entries()) {
    data.set(timeFirst ? turned(x, features, steps) : x, n * features * steps);
  }
  const dims = [...layout].map((axis) => sizes[axis]!);
  return dtype === 'float64' ? tensor(dtype, dims, Float64Array.from(data)) : float32(dims, data);
}

/** [F, T] → [T, F] */
function turned(x: Float32Array, features: number, steps: number): Float32Array {
  const out = new Float32Array(x.length);
  for (let feature = 0; feature < features; feature++) {
    for (let step = 0; step < steps; step++) out[step * features + feature] = x[feature * steps + step]!;
  }
  return out;
}
