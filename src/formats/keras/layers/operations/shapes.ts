import { value } from '../../value.ts';
import { reshaped } from '../shape.ts';
import { axesOf } from './axes.ts';
import type { Write } from './write.ts';

/**
 * To the shape that the file writes, its first entry being the batch.
 * @throws Refusal where the shape is computed
 */
export const reshape: Write = (context, [x], setting) => {
  const shape = setting('newshape') ?? setting('shape');
  if (!Array.isArray(shape) || shape.length === 0)
    return context.config.refuse('its shape is not written in the file');
  const target = shape.slice(1).map((dim) => (dim === -1 || dim === null ? null : dim));
  const fits = target.every(
    (dim) => dim === null || (typeof dim === 'number' && Number.isInteger(dim) && dim > 0),
  );
  if (!fits) return context.config.refuse('its shape is not written in the file');
  return reshaped(context, x!, target as (number | null)[]);
};

/** By `axes`, backwards where there are none. */
export const transpose: Write = (context, [x], setting) => {
  const given = setting('axes') ?? setting('perm');
  const perm = Array.isArray(given) ? given : x!.dims.map((_, axis) => x!.dims.length - 1 - axis);
  const valid = perm.length === x!.dims.length && [...perm].sort().every((axis, i) => axis === i);
  if (!valid) return context.config.wrong('axes', 'an order of the axes');
  const order = perm as number[];
  return {
    ...value(
      context.builder.transpose(x!.tensor, order),
      order.map((axis) => x!.dims[axis]!),
    ),
    dtype: x!.dtype,
  };
};

/** A new axis of 1 at `axis`, counted in the rank of the result. */
export const expandDims: Write = (context, [x], setting) => {
  const rank = x!.dims.length + 1;
  const given = setting('axis');
  const axis = typeof given === 'number' && given < 0 ? given + rank : given;
  if (typeof axis !== 'number' || !(axis >= 0 && axis < rank)) return context.config.wrong('axis', 'an axis');
  const dims = [...x!.dims];
  dims.splice(axis, 0, 1);
  return { ...value(context.builder.unsqueeze(x!.tensor, [axis]), dims), dtype: x!.dtype };
};

/** Without `axis`, every axis of 1 goes but the batch. */
export const squeeze: Write = (context, [x], setting) => {
  const given = setting('axis');
  const ones = x!.dims.flatMap((dim, axis) => (dim === 1 && axis > 0 ? [axis] : []));
  const axes = given === undefined || given === null ? ones : axesOf(context, x!, setting);
  return {
    ...value(
      context.builder.squeeze(x!.tensor, axes),
      x!.dims.filter((_, axis) => !axes.includes(axis)),
    ),
    dtype: x!.dtype,
  };
};

/** [.., n, k] × [.., k, m], of one rank. */
export const matmul: Write = (context, [a, b]) => {
  if (a!.dims.length !== b!.dims.length || a!.dims.length < 2)
    return context.config.refuse('its inputs are of different rank');
  return value(context.builder.add('MatMul', [a!.tensor, b!.tensor]), [
    ...a!.dims.slice(0, -1),
    b!.dims.at(-1)!,
  ]);
};
