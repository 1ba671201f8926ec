import type { Emitter } from './emitter.ts';
import { inOrder, type NodeSize, type NodeValue } from './value.ts';

/** Operands of an element-wise operator, brought into one order of axes. */
interface Broadcast {
  /** ONNX tensors, one per operand; they broadcast by ONNX's rules. */
  readonly tensors: readonly string[];
  readonly shape: readonly NodeSize[];
  readonly order: readonly number[];
}

/** The shape element-wise operators give (NumPy's rule). */
export function broadcastShape(shapes: readonly (readonly NodeSize[])[]): NodeSize[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return inOrder(rank).map((axis) => {
    const sizes = shapes.flatMap((shape) => shape[axis - (rank - shape.length)] ?? []);
    const wide = sizes.filter((size) => size !== 1);
    // A free size beside a number: they agree when the model runs.
    return wide.find((size) => typeof size === 'number') ?? wide[0] ?? 1;
  });
}

/**
 * The order is that of the operand with the most axes (of those computed, not written in the file); the others follow,
 * so that a weight per channel moves with the channels and no Transpose is written.
 */
export function broadcast(emit: Emitter, values: readonly NodeValue[]): Broadcast {
  const shape = broadcastShape(values.map((value) => value.shape));
  const shifted = values.map((value) => {
    const by = shape.length - value.shape.length;
    const wide = value.order.filter((axis) => !value.constant || value.shape[axis] !== 1);
    return { value, by, axes: wide.map((axis) => axis + by), computed: value.constant === undefined };
  });
  const rank = (one: (typeof shifted)[number]) => (one.computed ? 100 : 0) + one.axes.length;
  const lead = shifted.reduce((best, one) => (rank(one) > rank(best) ? one : best));
  const order = [...lead.axes];
  for (const axis of shifted.flatMap((one) => one.axes)) {
    if (order.includes(axis)) continue;
    const before = order.findIndex((other) => other > axis);
    order.splice(before < 0 ? order.length : before, 0, axis);
  }
  const tensors = shifted.map(({ value, by, axes }) => {
    const first = order.findIndex((axis) => axes.includes(axis));
    const wanted = first < 0 ? [] : order.slice(first);
    return arrangedShifted(emit, value, by, wanted);
  });
  return { tensors, shape, order };
}

/** Axes of the result that the operand does not have at all are of length 1 and are put in. */
function arrangedShifted(emit: Emitter, value: NodeValue, by: number, order: readonly number[]): string {
  if (by === 0) return emit.arranged(value, order);
  const ones = inOrder(by).map(() => 1);
  const { constant } = value;
  const raised: NodeValue = {
    ...value,
    shape: [...ones, ...value.shape],
    order: value.order.map((axis) => axis + by),
    ...(constant
      ? { constant: emit.alias(constant, { ...constant, dims: [...ones, ...constant.dims] }) }
      : {}),
  };
  return emit.arranged(raised, order);
}
