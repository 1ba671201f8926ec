import { copyStrided, type View } from '../../../graph/strided.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { stridesOf, zeros } from './array.ts';

/** A copy of what the view shows, for any element type: exact, whatever the values. */
export function copyView(source: Tensor, view: View): Tensor {
  const made = zeros(source.dtype, view.dims);
  copyStrided(source.data as Float32Array, made.data as Float32Array, view);
  return made;
}

/** Axes of length 1 (or missing in front) repeated. */
export function broadcastTo(source: Tensor, dims: readonly number[]): Tensor {
  const own = stridesOf(source.dims);
  const missing = dims.length - source.dims.length;
  const strides = dims.map((_, axis) =>
    axis < missing || source.dims[axis - missing] === 1 ? 0 : own[axis - missing]!,
  );
  return copyView(source, { dims, strides, offset: 0 });
}

/** A copy, row-major in its new order. */
export function transpose(source: Tensor, perm: readonly number[]): Tensor {
  const strides = stridesOf(source.dims);
  return copyView(source, {
    dims: perm.map((axis) => source.dims[axis]!),
    strides: perm.map((axis) => strides[axis]!),
    offset: 0,
  });
}

/** Joins along an axis. All parts have the element type of the first. */
export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const first = parts[0]!;
  const length = parts.reduce((sum, { dims }) => sum + dims[axis]!, 0);
  const made = zeros(first.dtype, first.dims.with(axis, length));
  const rows = first.dims.slice(0, axis).reduce((product, dim) => product * dim, 1);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const { data } of parts) {
      const width = data.length / rows;
      (made.data as Float32Array).set(data.subarray(row * width, (row + 1) * width) as Float32Array, at);
      at += width;
    }
  }
  return made;
}
