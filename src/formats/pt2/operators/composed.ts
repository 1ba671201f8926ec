import { text } from '../../../graph/attributes.ts';
import { int64 } from '../../../graph/tensor.ts';
import { result } from '../arithmetic.ts';
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
      Array.from({ length: classes }, (_, i) => i),
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

/** Operators that several others make up. */
export const composedRules: LowerRules = {
  _trilinear: trilinear,
  bilinear,
  channel_shuffle: channelShuffle,
  cosine_similarity: cosineSimilarity,
  one_hot: oneHot,
};
