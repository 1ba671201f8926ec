import { float32, type Tensor, tensor } from '../graph/tensor.ts';
import type { InputLayout } from './contract.ts';

/** Instances [F, T] each, put together as the model's input takes them. */
export function inputTensor(
  instances: readonly Float32Array[],
  { layout, features, steps, dtype }: { layout: InputLayout; features: number; steps: number; dtype: string },
): Tensor {
  const size = features * steps;
  const data = new Float32Array(instances.length * size);
  instances.forEach((x, n) => {
    data.set(timeFirst(layout) ? transposed(x, features, steps) : x, n * size);
  });
  const dims = inputDims(layout, instances.length, features, steps);
  return dtype === 'float64' ? tensor('float64', dims, Float64Array.from(data)) : float32(dims, data);
}

function timeFirst(layout: InputLayout): boolean {
  return layout.indexOf('T') < layout.indexOf('F');
}

export function inputDims(layout: InputLayout, batch: number, features: number, steps: number): number[] {
  const sizes: Record<string, number> = { N: batch, F: features, T: steps, 1: 1 };
  return [...layout].map((axis) => sizes[axis] as number);
}

/** [F, T] → [T, F]. */
function transposed(x: Float32Array, features: number, steps: number): Float32Array {
  const out = new Float32Array(x.length);
  for (let feature = 0; feature < features; feature++) {
    for (let step = 0; step < steps; step++) {
      out[step * features + feature] = x[feature * steps + step] as number;
    }
  }
  return out;
}
