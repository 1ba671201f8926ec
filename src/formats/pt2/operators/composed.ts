import { int, ints, text } from '../../../graph/attributes.ts';
import { float32, int64 } from '../../../graph/tensor.ts';
import { operand, result, scalar } from '../arithmetic.ts';
import type { Lower, LowerRules } from '../lowering.ts';

/** Σ x·y / (max(‖x‖, ε)·max(‖y‖, ε)) along an axis. */
const cosineSimilarity: Lower = (lowering) => {
  const { builder } = lowering;
  const [one, two] = [lowering.tensor('x1'), lowering.tensor('x2')];
  const rank = Math.max(one.dims.length, two.dims.length);
  const axis = lowering.axis('dim', rank, 1);
  const least = builder.scalar(lowering.number('eps', 1e-8));
  const [x, y] = [one, two].map(({ tensor, dims }) => {
    const own = axis - (rank - dims.length);
    if (own < 0) lowering.refuse('its inputs are of different rank');
    return builder.add('Div', [
      tensor,
      builder.add('Max', [builder.reduce('ReduceL2', tensor, [own], true), least]),
    ]);
  });
  return result(lowering, builder.reduce('ReduceSum', builder.add('Mul', [x!, y!]), [axis], false));
};

/** Σᵢⱼ aᵢ·Wₖᵢⱼ·bⱼ + biasₖ */
const bilinear: Lower = (lowering) => {
  const { builder } = lowering;
  const inputs = ['input1', 'weight', 'input2'].map((name) => lowering.tensor(name));
  if (inputs[0]!.dims.length !== 2) return lowering.refuse('its inputs have more than two axes');
  const made = builder.add(
    'Einsum',
    inputs.map(({ tensor }) => tensor),
    { equation: text('ni,kij,nj->nk') },
  );
  const bias = lowering.optional('bias');
  return result(lowering, bias ? builder.add('Add', [made, bias.tensor]) : made);
};

/** Channels as [groups, each], the two axes changed over (Zhang 2018). */
const channelShuffle: Lower = (lowering) => {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  const groups = lowering.int('groups');
  const channels = lowering.known(self, 1);
  const apart = builder.reshape(self.tensor, [0, groups, channels / groups, -1]);
  return result(lowering, builder.reshapeLike(builder.transpose(apart, [0, 2, 1, 3]), self.tensor));
};

/** 1 where a whole number is the place along a new last axis, else 0. */
const oneHot: Lower = (lowering) => {
  const { builder } = lowering;
  const classes = lowering.int('num_classes', -1);
  if (classes < 1) return lowering.refuse('it counts its classes when it runs');
  const self = lowering.tensor('self');
  const places = builder.constant(
    int64(
      [classes],
      lowering.listed(classes, (i) => i),
    ),
  );
  const wide = builder.unsqueeze(lowering.cast(self, 'int64'), [self.dims.length]);
  return result(lowering, builder.add('Equal', [wide, places]), 'bool');
};

/** Σ over axes of the product of three tensors, each given new axes first. */
const trilinear: Lower = (lowering) => {
  const { builder } = lowering;
  const parts = [1, 2, 3].map((i) => {
    const { tensor } = lowering.tensor(`i${i}`);
    const added = lowering.ints(`expand${i}`);
    return added.length ? builder.unsqueeze(tensor, added) : tensor;
  });
  const whole = parts.reduce((product, part) => builder.add('Mul', [product, part]));
  const axes = lowering.ints('sumdim');
  return result(lowering, axes.length ? builder.reduce('ReduceSum', whole, axes, false) : whole);
};

/** log(eᵃ + eᵇ), the larger one taken out. */
const logAddExp: Lower = (lowering) => {
  const { builder } = lowering;
  const [a, b] = [lowering.tensor('self').tensor, lowering.tensor('other').tensor];
  const most = builder.add('Max', [a, b]);
  const [x, y] = [a, b].map((side) => builder.add('Exp', [builder.add('Sub', [side, most])]));
  return result(lowering, builder.add('Add', [builder.add('Log', [builder.add('Add', [x!, y!])]), most]));
};

/** 1 above 0, 0 below, and at 0 what is given. */
const heaviside: Lower = (lowering) => {
  const { builder } = lowering;
  const { dtype } = lowering.output();
  const [self, values] = [operand(lowering, 'self', dtype), operand(lowering, 'values', dtype)];
  const zero = scalar(lowering, 0, dtype);
  const above = lowering.cast(
    { tensor: builder.add('Greater', [self, zero]), dtype: 'bool', dims: [] },
    dtype,
  );
  return result(lowering, builder.add('Where', [builder.add('Equal', [self, zero]), values, above]));
};

/** Columns laid back as blocks of an image, what overlaps added up: a transposed convolution by ones. */
const folded: Lower = (lowering) => {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  if (self.dims.length !== 3) return lowering.refuse('its input has no instances');
  const [to, size, dilation, padding, stride] = [
    'output_size',
    'kernel_size',
    'dilation',
    'padding',
    'stride',
  ].map((name) => lowering.window(name, 2));
  const counts = [0, 1].map((i) => {
    const room = to![i]! + 2 * padding![i]! - dilation![i]! * (size![i]! - 1) - 1;
    return Math.floor(room / stride![i]!) + 1;
  });
  const each = size![0]! * size![1]!;
  const rows = lowering.known(self, 1);
  const left = [0, 1].map((i) => {
    const made = (counts[i]! - 1) * stride![i]! - 2 * padding![i]! + dilation![i]! * (size![i]! - 1) + 1;
    return to![i]! - made;
  });
  const places = lowering.listed(rows * each, (i) => (i % each === Math.floor(i / each) % each ? 1 : 0));
  const blocks = builder.reshape(self.tensor, [0, rows, counts[0]!, counts[1]!]);
  const made = builder.add(
    'ConvTranspose',
    [blocks, builder.constant(float32([rows, 1, size![0]!, size![1]!], places))],
    {
      group: int(rows / each),
      kernel_shape: ints(size!),
      strides: ints(stride!),
      dilations: ints(dilation!),
      pads: ints([...padding!, ...padding!]),
      output_padding: ints(left),
    },
  );
  return result(lowering, made);
};

/** Operators that several others make up. */
export const composedRules: LowerRules = {
  _trilinear: trilinear,
  bilinear,
  channel_shuffle: channelShuffle,
  col2im: folded,
  heaviside,
  logaddexp: logAddExp,
  cosine_similarity: cosineSimilarity,
  one_hot: oneHot,
};
