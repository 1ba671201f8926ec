import { int } from '../../../../graph/attributes.ts';
import type { LayerContext } from '../../layerContext.ts';
import { type LayerValue, value } from '../../value.ts';
import { softmax } from '../activations.ts';
import { anyOver } from '../shape.ts';
import type { Setting, Write } from './write.ts';

/** The setting `axis` as positions among the axes of the input; all of them where it is not given. @throws Refusal */
export function axesOf({ config }: LayerContext, { dims }: LayerValue, setting: Setting): number[] {
  const given = setting('axis');
  const list = given === undefined || given === null ? dims.map((_, axis) => axis) : [given].flat();
  return list.map((axis) => {
    const at = typeof axis === 'number' && axis < 0 ? axis + dims.length : axis;
    return typeof at === 'number' && Number.isInteger(at) && at >= 0 && at < dims.length
      ? at
      : config.wrong('axis', 'an axis of its input');
  });
}

/** A reduction over the axes that the setting `axis` names; all of them but the batch otherwise. */
export function reduction(op: 'ReduceMean' | 'ReduceSum' | 'ReduceMax' | 'ReduceMin'): Write {
  return (context, [x], setting) => {
    const axes = axesOf(context, x!, setting);
    const keep = setting('keepdims') === true;
    const dims = keep
      ? x!.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
      : x!.dims.filter((_, axis) => !axes.includes(axis));
    return value(context.builder.reduce(op, x!.tensor, axes, keep), dims);
  };
}

/** True where one of the values along the axes is not 0. */
export const any: Write = (context, [x], setting) => {
  const axes = axesOf(context, x!, setting).sort((a, b) => b - a);
  const keep = setting('keepdims') === true;
  const tensor = axes.reduce((left, axis) => anyOver(context.builder, left, axis, keep), x!.tensor);
  const dims = keep
    ? x!.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
    : x!.dims.filter((_, axis) => !axes.includes(axis));
  return value(tensor, dims, { dtype: 'bool' });
};

/** Along the setting `axis`, the last one where it is not set. */
export const concatenate: Write = (context, operands, setting) => {
  const [axis] = axesOf(context, operands[0]!, (name) => setting(name) ?? -1);
  const dims = operands[0]!.dims.map((dim, i) =>
    i !== axis
      ? dim
      : operands.reduce<number | null>(
          (sum, one) => (sum === null || one.dims[i] == null ? null : sum + one.dims[i]),
          0,
        ),
  );
  return value(
    context.builder.add(
      'Concat',
      operands.map(({ tensor }) => tensor),
      { axis: int(axis!) },
    ),
    dims,
  );
};

/** Softmax or its logarithm over one axis. */
export const logSoftmax =
  (op: 'Softmax' | 'LogSoftmax'): Write =>
  (context, [x], setting) => {
    const [axis] = axesOf(context, x!, (name) => setting(name) ?? -1);
    return { ...x!, tensor: softmax(context, op, x!.tensor, x!, axis!) };
  };
