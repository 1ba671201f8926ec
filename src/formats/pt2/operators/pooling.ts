import { int, ints } from '../../../graph/attributes.ts';
import { float32 } from '../../../graph/tensor.ts';
import { result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

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
  const from = lowering.known(self, axis);
  if (size === from) return tensor;
  const rank = self.dims.length;
  if (from % size === 0) {
    const lone = Array.from({ length: rank - 2 }, (_, i) => (i + 2 === axis ? from / size : 1));
    const pool = kind === 'Mean' ? 'AveragePool' : 'MaxPool';
    return builder.add(pool, [tensor], { kernel_shape: ints(lone), strides: ints(lone) });
  }
  const windows = adaptive(from, size);
  if (kind === 'Mean' && axis === rank - 1) {
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
