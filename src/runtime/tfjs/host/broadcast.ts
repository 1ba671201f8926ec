import { type DataType, numbers, type Tensor } from '../../../graph/tensor.ts';
import { Refusal } from '../../../refusal.ts';
import { fromNumbers, isInteger } from './array.ts';
import { broadcastTo } from './view.ts';

/** Beyond this, numbers of JavaScript skip integers. */
const LARGEST_EXACT = 2 ** 53;

/** The common shape of tensors combined element by element. @throws Refusal `model-refused` */
export function commonDims(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((dims) => dims[axis - rank + dims.length] ?? 1).filter((size) => size !== 1);
    if (new Set(sizes).size > 1) {
      const said = shapes.map((dims) => `[${dims.join(', ')}]`).join(' and ');
      throw new Refusal('model-refused', `shapes ${said} do not fit each other`);
    }
    return sizes[0] ?? 1;
  });
}

/**
 * Combines tensors element by element in JavaScript: integers, float64 and bool.
 * @throws Refusal `model-refused` where an integer leaves what JavaScript counts exactly
 */
export function combine(
  inputs: readonly Tensor[],
  dtype: DataType,
  compute: (...values: number[]) => number,
): Tensor {
  const dims = commonDims(inputs.map((input) => input.dims));
  const all = inputs.map((input) => numbers(broadcastTo(input, dims)));
  const values = all[0]!.map((_, i) => compute(...all.map((each) => each[i]!)));
  if (isInteger(dtype) && values.some((value) => Math.abs(value) > LARGEST_EXACT)) {
    throw new Refusal('model-refused', 'an integer goes beyond 2^53');
  }
  return fromNumbers(dtype, dims, values);
}
