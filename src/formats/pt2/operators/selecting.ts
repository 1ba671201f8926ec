import { int, text } from '../../../graph/attributes.ts';
import { int64, type Tensor } from '../../../graph/tensor.ts';
import { operand, result, sizeAsNumber } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import { sizesTogether } from '../sizeArithmetic.ts';
import type { Count, ProgramValue } from '../value.ts';
import { shapeTensor } from './reshaping.ts';

const END = 2 ** 31 - 1;
/** Of a position; each is an input of a node. */
const MOST_COPIES = 2 ** 16;

const slice: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length, 0);
  const from = lowering.size('start', 0);
  const end = lowering.size('end', END);
  const step = lowering.int('step', 1);
  if (typeof from !== 'number' || typeof end !== 'number')
    return cut(lowering, self, axis, [from, end, step]);
  const to = Math.min(END, end);
  const size = self.dims[axis]!;
  const whole = from === 0 && step === 1 && (to >= END || (typeof size === 'number' && to >= size));
  if (whole) return self;
  return result(lowering, lowering.builder.slice(self.tensor, [axis], [from], [to], [step]));
};

const narrow: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length);
  const [from, length] = [lowering.size('start'), lowering.size('length')];
  return cut(lowering, self, axis, [from, sizesTogether(lowering, 'Add', from, length), 1]);
};

/** From and to what is counted when the model runs, or is written in the program. */
function cut(
  lowering: Lowering,
  self: ProgramValue,
  axis: number,
  [from, to, step]: readonly [Count, Count, number],
): ProgramValue {
  const { builder } = lowering;
  if (typeof from === 'number' && typeof to === 'number')
    return result(lowering, builder.slice(self.tensor, [axis], [from], [to], [step]));
  const bounds = [shapeTensor(lowering, [from]), shapeTensor(lowering, [to])];
  const inputs = [self.tensor, ...bounds, builder.ints([axis]), builder.ints([step])];
  return result(lowering, builder.add('Slice', inputs));
}

const select: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length);
  const size = lowering.computedSize('index');
  const at = size
    ? sizeAsNumber(lowering, size, 'int64')
    : lowering.builder.constant(int64([], [lowering.int('index')]));
  return result(lowering, lowering.builder.add('Gather', [self.tensor, at], { axis: int(axis) }));
};

/** Picks along one axis; an index [1]-tensor at one place of a list keeps all other axes. */
function gathered(lowering: Lowering, self: ProgramValue, axis: number, index: ProgramValue): string {
  return lowering.builder.add('Gather', [self.tensor, lowering.cast(index, 'int64')], { axis: int(axis) });
}

const indexSelect: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length);
  return result(lowering, gathered(lowering, self, axis, lowering.tensor('index')));
};

const gather: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = int(lowering.axis('dim', self.dims.length));
  const indices = lowering.cast(lowering.tensor('index'), 'int64');
  return result(lowering, lowering.builder.add('GatherElements', [self.tensor, indices], { axis }));
};

/** As gather, of an index that is as long as its input along all other axes; PyTorch would lengthen one of 1. */
const takeAlong: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const indices = lowering.tensor('indices');
  if (!lowering.has('dim')) return lowering.refuse('it picks from all values as one row');
  const axis = lowering.axis('dim', self.dims.length);
  if (indices.dims.some((size, i) => i !== axis && size !== self.dims[i]))
    return lowering.refuse('its indices are not as long as its input');
  const inputs = [self.tensor, lowering.cast(indices, 'int64')];
  return result(lowering, lowering.builder.add('GatherElements', inputs, { axis: int(axis) }));
};

const flip: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axes = lowering.axes('dims', self.dims.length);
  const made = axes.reduce((x, axis) => lowering.builder.turned(x, axis, 0), self.tensor);
  return result(lowering, made);
};

/** Without axes the whole tensor is rolled as one row. */
const roll: Lower = (lowering) => {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  const isFlat = !lowering.has('dims') || lowering.ints('dims').length === 0;
  const axes = isFlat ? [0] : lowering.axes('dims', self.dims.length);
  const shifts = lowering.ints('shifts');
  const made = axes.reduce(
    (x, axis, i) => {
      const size = isFlat ? 'computed' : self.dims[axis]!;
      const by = typeof size === 'number' ? shifts[i]! % size : shifts[i]!;
      if (by === 0) return x;
      const [head, tail] = [builder.slice(x, [axis], [0], [-by]), builder.slice(x, [axis], [-by], [END])];
      return builder.concat([tail, head], axis);
    },
    isFlat ? builder.reshape(self.tensor, [-1]) : self.tensor,
  );
  return result(lowering, isFlat ? builder.reshapeLike(made, self.tensor) : made);
};

/** Windows of `size` every `step` along an axis; their inner axis comes last. */
const MODES: Readonly<Record<string, string>> = {
  constant: 'constant',
  reflect: 'reflect',
  replicate: 'edge',
  circular: 'wrap',
};

/** PyTorch counts pads from the last axis: [begin, end] of it, then of the one before. */
function padded(lowering: Lowering, mode: string, value: number): ProgramValue {
  const self = lowering.tensor('self');
  const pads = lowering.ints(lowering.has('pad') ? 'pad' : 'padding');
  const rank = self.dims.length;
  const [begin, end] = [Array<number>(rank).fill(0), Array<number>(rank).fill(0)];
  for (let i = 0; 2 * i < pads.length; i++) {
    begin[rank - 1 - i] = pads[2 * i]!;
    end[rank - 1 - i] = pads[2 * i + 1]!;
  }
  if (mode === 'constant')
    return result(lowering, lowering.builder.pad(self.tensor, [...begin, ...end], value));
  if (mode === 'wrap') return wrapped(lowering, self, begin, end);
  const made = lowering.builder.add('Pad', [self.tensor, lowering.builder.ints([...begin, ...end])], {
    mode: text(mode),
  });
  return result(lowering, made);
}

/** The end of an axis before it, its beginning behind it. */
function wrapped(
  lowering: Lowering,
  self: ProgramValue,
  begin: readonly number[],
  end: readonly number[],
): ProgramValue {
  const { builder } = lowering;
  const made = begin.reduce((x, before, axis) => {
    const behind = end[axis]!;
    if (before === 0 && behind === 0) return x;
    const size = lowering.known(self, axis);
    const parts = [
      ...(before ? [builder.slice(x, [axis], [size - before], [size])] : []),
      x,
      ...(behind ? [builder.slice(x, [axis], [0], [behind])] : []),
    ];
    return builder.concat(parts, axis);
  }, self.tensor);
  return result(lowering, made);
}

const pad: Lower = (lowering) => {
  const mode = lowering.text('mode', 'constant');
  return padded(
    lowering,
    MODES[mode] ?? lowering.refuse(`its mode is "${mode}"`),
    lowering.number('value', 0),
  );
};

const cumsum: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.builder.constant(int64([], [lowering.axis('dim', self.dims.length)]));
  const { dtype } = lowering.output();
  return result(lowering, lowering.builder.add('CumSum', [lowering.cast(self, dtype), axis]));
};

/** Every position several times in a row. */
const repeatInterleave: Lower = (lowering) => {
  if (!lowering.has('dim')) return lowering.refuse('it flattens its input');
  const { builder } = lowering;
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length);
  const times = lowering.int('repeats');
  const wide = builder.unsqueeze(self.tensor, [axis + 1]);
  const copies = builder.concat(
    lowering.listed(times, (i) => i, MOST_COPIES).map(() => wide),
    axis + 1,
  );
  const size = self.dims[axis]!;
  const behind = self.dims.slice(axis + 1);
  if (!behind.every((dim) => typeof dim === 'number'))
    return lowering.refuse('axes behind it have no fixed length');
  const own = typeof size === 'number' ? size * times : -1;
  return result(
    lowering,
    builder.reshape(copies, [...self.dims.slice(0, axis).map(() => 0), own, ...behind]),
  );
};

/** Each value less the one before it along an axis. */
const difference: Lower = (lowering) => {
  const { builder } = lowering;
  if (lowering.int('n', 1) !== 1) return lowering.refuse('it takes differences of differences');
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length, -1);
  const ends = [lowering.optional('prepend')?.tensor, self.tensor, lowering.optional('append')?.tensor];
  const parts = ends.filter((part) => part !== undefined);
  const whole = parts.length === 1 ? self.tensor : builder.concat(parts, axis);
  const later = builder.slice(whole, [axis], [1], [END]);
  return result(lowering, builder.add('Sub', [later, builder.slice(whole, [axis], [0], [-1])]));
};

const triangle =
  (upper: 0 | 1): Lower =>
  (lowering) => {
    const diagonal = lowering.builder.constant(int64([], [lowering.int('diagonal', 0)]));
    const self = lowering.tensor('self');
    return result(lowering, lowering.builder.add('Trilu', [self.tensor, diagonal], { upper: int(upper) }));
  };

const embedding: Lower = (lowering) => {
  const weight: Tensor | undefined = lowering.constantOf(lowering.tensor('weight'));
  if (!weight) return lowering.refuse('its table is computed');
  const indices = lowering.cast(lowering.tensor('indices'), 'int64');
  return result(
    lowering,
    lowering.builder.add('Gather', [lowering.tensor('weight').tensor, indices], { axis: int(0) }),
  );
};

/** Parts of a tensor by position, index or mask; padding, rolling, cumulative sums, triangles. */
export const selectingRules: LowerRules = {
  slice,
  narrow,
  select,
  index_select: indexSelect,
  gather,
  take_along_dim: takeAlong,
  flip,
  roll,
  pad,
  constant_pad_nd: (lowering) => padded(lowering, 'constant', lowering.number('value', 0)),
  reflection_pad1d: (lowering) => padded(lowering, 'reflect', 0),
  reflection_pad2d: (lowering) => padded(lowering, 'reflect', 0),
  replication_pad1d: (lowering) => padded(lowering, 'edge', 0),
  replication_pad2d: (lowering) => padded(lowering, 'edge', 0),
  cumsum,
  diff: difference,
  repeat_interleave: repeatInterleave,
  tril: triangle(0),
  triu: triangle(1),
  embedding,
  lerp: (lowering) => {
    const { builder } = lowering;
    const { dtype } = lowering.output();
    const [from, to] = [operand(lowering, 'self', dtype), operand(lowering, 'end', dtype)];
    const way = builder.add('Mul', [builder.add('Sub', [to, from]), operand(lowering, 'weight', dtype)]);
    return result(lowering, builder.add('Add', [from, way]));
  },
};
