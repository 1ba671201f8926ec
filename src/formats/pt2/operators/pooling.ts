import { int, ints } from '../../../graph/attributes.ts';
import { float32, int64 } from '../../../graph/tensor.ts';
import { axisLength, result, scalar } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

/** Of the matrix that takes means over windows of unequal width, and windows that are cut out one by one. */
const [MOST_NUMBERS, MOST_PARTS] = [2 ** 22, 2 ** 10];

function windowed(op: 'MaxPool' | 'AveragePool', spatial: number): Lower {
  return (lowering) => {
    const self = lowering.tensor('self');
    if (self.dims.length !== spatial + 2) return lowering.refuse('its input has no axis of instances');
    const kernel = lowering.window('kernel_size', spatial);
    const given = lowering.has('stride') ? lowering.ints('stride') : [];
    const strides = given.length ? lowering.window('stride', spatial) : kernel;
    const pads = lowering.window('padding', spatial, 0);
    const attributes = {
      kernel_shape: ints(kernel),
      strides: ints(strides),
      pads: ints([...pads, ...pads]),
      ...(lowering.flag('ceil_mode') && { ceil_mode: int(1) }),
    };
    if (op === 'MaxPool') {
      const dilations = ints(lowering.window('dilation', spatial, 1));
      return result(lowering, lowering.builder.add(op, [self.tensor], { ...attributes, dilations }));
    }
    if (lowering.has('divisor_override')) return lowering.refuse('it divides by a number of its own');
    const includes = int(lowering.flag('count_include_pad', true) ? 1 : 0);
    return result(
      lowering,
      lowering.builder.add(op, [self.tensor], { ...attributes, count_include_pad: includes }),
    );
  };
}

/** Windows that cover an axis of `from` positions with `to`: [⌊i·from/to⌋, ⌈(i+1)·from/to⌉). */
function adaptive(from: number, to: number): (readonly [number, number])[] {
  return Array.from({ length: to }, (_, i) => [
    Math.floor((i * from) / to),
    Math.ceil(((i + 1) * from) / to),
  ]);
}

function adaptivePool(kind: 'Mean' | 'Max', spatial: number): Lower {
  return (lowering) => {
    const self = lowering.tensor('self');
    const sizes = lowering.window('output_size', spatial);
    const made = sizes.reduce((x, size, i) => {
      const axis = self.dims.length - spatial + i;
      return alongAxis(lowering, kind, { tensor: x, self, axis, size });
    }, self.tensor);
    return result(lowering, made);
  };
}

interface Along {
  readonly tensor: string;
  readonly self: ProgramValue;
  readonly axis: number;
  readonly size: number;
}

function alongAxis(lowering: Lowering, kind: 'Mean' | 'Max', { tensor, self, axis, size }: Along): string {
  const { builder } = lowering;
  if (size === 1 && kind === 'Mean') return builder.reduce('ReduceMean', tensor, [axis], true);
  if (size === 1 && self.dims.length === 3) return builder.add('GlobalMaxPool', [tensor]);
  if (size === 1) return builder.reduce('ReduceMax', tensor, [axis], true);
  const from = self.dims[axis];
  if (typeof from !== 'number') return alongFreeAxis(lowering, kind, { tensor, self, axis, size });
  if (size === from) return tensor;
  const isMatrix = kind === 'Mean' && axis === self.dims.length - 1;
  const isFew = isMatrix ? from * size <= MOST_NUMBERS : from % size === 0 || size <= MOST_PARTS;
  if (size < 1 || !isFew) return lowering.refuse(`it makes ${size} windows of ${from} positions`);
  const rank = self.dims.length;
  if (from % size === 0) {
    const lone = Array.from({ length: rank - 2 }, (_, i) => (i + 2 === axis ? from / size : 1));
    const pool = kind === 'Mean' ? 'AveragePool' : 'MaxPool';
    return builder.add(pool, [tensor], { kernel_shape: ints(lone), strides: ints(lone) });
  }
  const windows = adaptive(from, size);
  if (isMatrix) {
    // A mean over windows of unequal width is a product with a matrix.
    const matrix = new Float32Array(from * size);
    for (const [i, [start, end]] of windows.entries()) {
      for (let t = start; t < end; t++) matrix[t * size + i] = 1 / (end - start);
    }
    return builder.add('MatMul', [tensor, builder.constant(float32([from, size], matrix))]);
  }
  const parts = windows.map(([start, end]) => {
    const part = builder.slice(tensor, [axis], [start], [end]);
    if (kind === 'Mean') return builder.reduce('ReduceMean', part, [axis], true);
    // Of equal values a pool takes the first, as PyTorch does; a reduction shares the gradient among them.
    const window = Array.from({ length: rank - 2 }, (_, i) => (i + 2 === axis ? end - start : 1));
    return builder.add('MaxPool', [part], { kernel_shape: ints(window) });
  });
  return builder.concat(parts, axis);
}

/** The same where the axis, the last one, is as long as the series that goes in: the windows are counted when the model runs. */
function alongFreeAxis(
  lowering: Lowering,
  kind: 'Mean' | 'Max',
  { tensor, self, axis, size }: Along,
): string {
  const { builder } = lowering;
  if (axis !== self.dims.length - 1) lowering.known(self, axis);
  if (!(size >= 1 && size <= MOST_PARTS)) return lowering.refuse(`it makes ${size} windows`);
  const whole = (value: number) => scalar(lowering, value, 'int64');
  const counted = (first: number) =>
    builder.constant(
      int64(
        [1, size],
        Array.from({ length: size }, (_, i) => i + first),
      ),
    );
  const length = axisLength(lowering, tensor, axis);
  const at = (first: number, more: number) =>
    builder.add('Div', [
      builder.add('Add', [builder.add('Mul', [counted(first), length]), whole(more)]),
      whole(size),
    ]);
  const [starts, ends] = [at(0, 0), at(1, size - 1)];
  const range = (to: string) => builder.unsqueeze(builder.add('Range', [whole(0), to, whole(1)]), [1]);
  if (kind === 'Mean') {
    const steps = range(length);
    const isIn = builder.add('And', [
      builder.add('GreaterOrEqual', [steps, starts]),
      builder.add('Less', [steps, ends]),
    ]);
    const float = (one: string) => builder.add('Cast', [one], { to: int(1) });
    const weights = builder.add('Div', [float(isIn), float(builder.add('Sub', [ends, starts]))]);
    return builder.add('MatMul', [tensor, weights]);
  }
  // Windows of unequal width as rows of one width, what is behind a window being its last step again.
  const widest = builder.add('Add', [builder.add('Div', [length, whole(size)]), whole(2)]);
  const places = builder.add('Min', [
    builder.add('Add', [starts, range(widest)]),
    builder.add('Sub', [ends, whole(1)]),
  ]);
  const rank = self.dims.length;
  const windows = builder.add('Gather', [tensor, places], { axis: int(axis) });
  const highest = builder.add('ArgMax', [windows], { axis: int(rank - 1), keepdims: int(1) });
  const picked = builder.add('GatherElements', [windows, highest], { axis: int(rank - 1) });
  return builder.squeeze(picked, [rank - 1]);
}

/** Pooling over windows, adaptive pooling where its windows are all alike. */
export const poolingRules: LowerRules = {
  max_pool1d: windowed('MaxPool', 1),
  max_pool2d: windowed('MaxPool', 2),
  max_pool1d_with_indices: windowed('MaxPool', 1),
  max_pool2d_with_indices: windowed('MaxPool', 2),
  avg_pool1d: windowed('AveragePool', 1),
  avg_pool2d: windowed('AveragePool', 2),
  adaptive_avg_pool1d: adaptivePool('Mean', 1),
  adaptive_avg_pool2d: adaptivePool('Mean', 2),
  _adaptive_avg_pool2d: adaptivePool('Mean', 2),
  adaptive_max_pool1d: adaptivePool('Max', 1),
  adaptive_max_pool2d: adaptivePool('Max', 2),
};
