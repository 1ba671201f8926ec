import { copyStrided } from '../graph/strided.ts';
import { elementCount, type Tensor } from '../graph/tensor.ts';

/** The axes of `order` in turn; axes left out have length 1. */
export function permuted(source: Tensor, order: readonly number[]): Tensor {
  const dims = order.map((axis) => source.dims[axis]!);
  if (order.every((axis, i) => i === 0 || order[i - 1]! < axis)) return { ...source, dims };
  const strides = source.dims.map((_, axis) => elementCount(source.dims.slice(axis + 1)));
  const steps = order.map((axis) => strides[axis]!);
  const data = source.data.slice() as Float32Array;
  copyStrided(source.data as Float32Array, data, { dims, strides: steps, offset: 0 });
  return { ...source, dims, data };
}
