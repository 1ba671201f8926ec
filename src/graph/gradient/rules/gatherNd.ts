import { intOf, text } from '../../attributes.ts';
import { elementCount, float32 } from '../../tensor.ts';
import { contractAxis } from '../contractAxis.ts';
import { oneHot } from '../oneHot.ts';
import { replaceAxes } from '../replaceAxes.ts';
import type { Step } from '../step.ts';

/** From opset 16 on by adding up at the same indices; before, where one axis is indexed, as a Gather. */
export function gatherNdBackward(step: Step): string {
  const { builder } = step;
  const batchDims = intOf(step.node, 'batch_dims') ?? 0;
  if (batchDims !== 0) return gatherNdWithin(step, batchDims);
  if (builder.opset >= 16) {
    const zeros = builder.zerosLike(step.input(0));
    return builder.add('ScatterND', [zeros, step.input(1), step.gradient], { reduction: text('add') });
  }
  const indexed = step.seen(step.input(1)).at(-1)!;
  const open = Array.from({ length: indexed }, (_, axis) => axis).some((axis) => step.isOpen(0, axis));
  if (open || !step.knows(1)) return gatherNdAtValues(step, indexed);
  const dims = step.dims(0);
  const size = elementCount(dims.slice(0, indexed));
  const parts = step.integers(1);
  const rows = parts.length / indexed;
  const values = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const at = parts.slice(row * indexed, (row + 1) * indexed);
    const flat = at.reduce((sum, index, i) => sum * dims[i]! + (index < 0 ? index + dims[i]! : index), 0);
    values[row * size + flat] = 1;
  }
  const place = { tensor: step.input(0), rank: dims.length, from: 0, to: indexed };
  const picked = replaceAxes(builder, step.gradient, place, [rows]);
  const axes = { axis: 0, rank: dims.length - indexed + 1 };
  const whole = contractAxis(builder, picked, axes, { rows, columns: size, values });
  return builder.reshapeLike(whole, step.input(0));
}

/** Where the indices or the lengths they count along are known only when the graph runs, of one axis made of them. */
function gatherNdAtValues(step: Step, indexed: number): string {
  const { builder } = step;
  if (builder.opset < 10) step.refuse('its indices are computed from the values, before opset 10');
  const rank = step.rank(0);
  const lengths = builder.slice(builder.shapeOf(step.input(0)), [0], [0], [indexed]);
  // How many places one step along each axis is: the product of the lengths behind it.
  const strides = Array.from({ length: indexed }, (_, axis) => {
    const behind = Array.from({ length: indexed - axis - 1 }, (_, i) => step.lengthOf(0, axis + 1 + i));
    return behind.reduce((all, length) => builder.add('Mul', [all, length]), builder.ints([1]));
  });
  const rows = builder.reshape(step.input(1), [-1, indexed]);
  const negative = builder.add('Less', [rows, builder.int(0)]);
  const counted = builder.add('Where', [negative, builder.add('Add', [rows, lengths]), rows]);
  const placed = builder.add('Mul', [counted, builder.concat(strides, 0)]);
  const flat = builder.reduce('ReduceSum', placed, [1], false);
  const size = step.lengthOf(0, 0);
  const all = builder.add('Mul', [size, strides[0]!]);
  const values = builder.constant(float32([2], [0, 1]));
  const places = builder.add('OneHot', [flat, all, values]);
  const picked = replaceAxes(
    builder,
    step.gradient,
    { tensor: step.input(0), rank, from: 0, to: indexed },
    [-1],
  );
  const whole = contractAxis(builder, picked, { axis: 0, rank: rank - indexed + 1 }, places);
  return builder.reshapeLike(whole, step.input(0));
}

/** With `batch_dims`: [B…, L, rest…] at indices [B…, 1] or [B…, Q, 1] of one axis. */
function gatherNdWithin(step: Step, batchDims: number): string {
  const { builder } = step;
  const depth = step.dims(1).at(-1)!;
  const several = step.rank(1) - batchDims - 1;
  if (depth !== 1 || several > 1) step.refuse(`its batch_dims beside indices of ${step.rank(1)} axes`);
  const axis = batchDims + several;
  // [B…, Q…, L, 1…] times [B…, Q…, 1, rest…]
  const places = oneHot(step, builder.squeeze(step.input(1), [axis]), 0, batchDims);
  const rest = Array.from({ length: step.rank(0) - batchDims - 1 }, (_, i) => axis + 1 + i);
  const wide = rest.length > 0 ? builder.unsqueeze(places, rest) : places;
  const spread = builder.add('Mul', [wide, builder.unsqueeze(step.gradient, [axis])]);
  return several === 0 ? spread : builder.reduce('ReduceSum', spread, [batchDims], false);
}
