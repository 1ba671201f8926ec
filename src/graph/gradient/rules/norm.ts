import { floatOf, intOf, intsOf } from '../../attributes.ts';
import { float32 } from '../../tensor.ts';
import type { Term } from '../../term.ts';
import { unary, undoBroadcast } from '../broadcast.ts';
import type { Rule, Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { batchNormBackward, perChannel, perChannelSum } from './batchNorm.ts';

/**
 * Normalisations. Scales, shifts and the statistics that a batch norm is given are differentiated as well: a batch norm
 * in training is one whose statistics are computed from its input.
 */
export const normRules: Rules = {
  BatchNormalization: batchNormBackward,
  InstanceNormalization: (step) => {
    const axes = axesFrom(step, 2);
    const scale = step.term(perChannel(step, step.input(1), axes.length));
    return [
      () => normalisedBackward(step, step.x, step.dy.times(scale), axes).name,
      () => perChannelSum(step, step.dy.times(normalised(step, step.x, axes).normal).name),
      () => perChannelSum(step, step.gradient),
    ];
  },
  LayerNormalization: (step) => {
    const axes = axesFrom(step, step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0)));
    return [
      () => normalisedBackward(step, step.x, step.dy.times(scaleOf(step)), axes).name,
      () => undoBroadcast(step, step.dy.times(normalised(step, step.x, axes).normal).name, 1),
      () => undoBroadcast(step, step.gradient, 2),
    ];
  },
  GroupNormalization: groupNormBackward,
  RMSNormalization: (step) => {
    const axes = axesFrom(step, step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0)));
    return [
      () => rmsBackward(step, step.dy.times(scaleOf(step)), axes).name,
      () => undoBroadcast(step, step.dy.times(step.x.over(rootMeanSquare(step, axes))).name, 1),
    ];
  },
  MeanVarianceNormalization: unary((step) => {
    const axes = (intsOf(step.node, 'axes') ?? [0, 2, 3]).map((axis) => step.axis(axis, step.rank(0)));
    if (axes.includes(0)) step.refuse('it normalises over the instances');
    return normalisedBackward(step, step.x, step.dy, axes, 1e-9);
  }),
  LpNormalization: unary((step) => {
    // y = x/‖x‖: dx = (dy − ∂‖x‖/∂x · Σ y·dy)/‖x‖
    const { x, y, dy } = step;
    const order = intOf(step.node, 'p') ?? 2;
    if (order !== 1 && order !== 2) step.refuse(`p is ${order}`);
    const axes = [step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0))];
    const size = x.reduced(order === 1 ? 'ReduceL1' : 'ReduceL2', axes);
    const slope = order === 1 ? x.of('Sign') : y;
    return dy.minus(slope.times(y.times(dy).sum(axes))).over(size);
  }),
  LRN: unary((step) => {
    // y = x·s^−β, s = bias + α/size · Σ x² over neighbouring channels (Krizhevsky et al. 2012)
    const { x, dy, node } = step;
    const [size, beta] = [intOf(node, 'size') ?? 1, floatOf(node, 'beta') ?? 0.75];
    const share = (floatOf(node, 'alpha') ?? 1e-4) / size;
    const s = overNeighbours(step, x.squared(), size)
      .times(share)
      .plus(floatOf(node, 'bias') ?? 1);
    const back = overNeighbours(step, dy.times(x).times(s.power(-beta - 1)), size);
    return dy.times(s.power(-beta)).minus(x.times(back).times(2 * beta * share));
  }),
};

/** Sums over the channels around each, as many as `size`; the runtimes take odd ones only, so that near is mutual. */
function overNeighbours(step: Step, x: Term, size: number): Term {
  const { builder } = step;
  const channels = step.dims(0)[1]!;
  const near = Float32Array.from({ length: channels * channels }, (_, i) =>
    2 * Math.abs((i % channels) - Math.floor(i / channels)) < size ? 1 : 0,
  );
  const lines = builder.reshape(x.name, [0, channels, -1]);
  const sums = builder.add('MatMul', [builder.constant(float32([channels, channels], near)), lines]);
  return step.term(builder.add('Reshape', [sums, builder.shapeOf(x.name)]));
}

function axesFrom(step: Step, first: number): number[] {
  return Array.from({ length: step.rank(0) - first }, (_, i) => first + i);
}

function scaleOf(step: Step): Term {
  return step.term(step.input(1));
}

/** x̂ = (x − mean)/√(var + ε) over `axes`: dx = (d − mean d − x̂·mean(d·x̂))/√(var + ε) with d = d logit / d x̂. */
function normalisedBackward(step: Step, x: Term, d: Term, axes: readonly number[], unlessSaid = 1e-5): Term {
  const { normal, deviation } = normalised(step, x, axes, unlessSaid);
  const along = normal.times(d.times(normal).mean(axes));
  return d.minus(d.mean(axes)).minus(along).over(deviation);
}

/** x̂ = (x − mean)/√(var + ε) over `axes`, and the deviation it was divided by. */
function normalised(step: Step, x: Term, axes: readonly number[], unlessSaid = 1e-5) {
  const centred = x.minus(x.mean(axes));
  const epsilon = floatOf(step.node, 'epsilon') ?? unlessSaid;
  const deviation = centred.squared().mean(axes).plus(epsilon).root();
  return { normal: centred.over(deviation), deviation };
}

/** √(mean x² + ε) over `axes`. */
function rootMeanSquare({ node, x }: Step, axes: readonly number[]): Term {
  const epsilon = floatOf(node, 'epsilon') ?? 1e-5;
  return x.squared().mean(axes).plus(epsilon).root();
}

/** x̂ = x/√(mean x² + ε) (Zhang 2019): dx = (d − x̂·mean(d·x̂))/√(mean x² + ε). */
function rmsBackward(step: Step, d: Term, axes: readonly number[]): Term {
  const size = rootMeanSquare(step, axes);
  const normal = step.x.over(size);
  return d.minus(normal.times(d.times(normal).mean(axes))).over(size);
}

/** Channels are split into groups, each normalised by itself. Before opset 21 the scale is one per group. */
function groupNormBackward(step: Step): ReturnType<Rule> {
  const { builder } = step;
  const groups = intOf(step.node, 'num_groups') ?? step.refuse('num_groups is missing');
  const spatial = step.rank(0) - 2;
  const channels = step.dims(0)[1]!;
  const perGroup = step.dims(1)[0] !== channels;
  const grouped = (x: Term) => step.term(builder.reshape(x.name, [0, groups, -1]));
  const scale = () => {
    if (!perGroup) return step.input(1);
    const size = channels / groups;
    const each = builder.constant(float32([1, size], new Float32Array(size).fill(1)));
    const column = step.term(builder.unsqueeze(step.input(1), [1]));
    return builder.reshape(column.times(step.term(each)).name, [-1]);
  };
  /** [C] as the scale lies: summed within each group where it is one per group. */
  const asScale = (sum: string) =>
    perGroup
      ? builder.reduce('ReduceSum', builder.reshape(sum, [groups, channels / groups]), [1], false)
      : sum;
  return [
    () => {
      const gradient = step.dy.times(step.term(perChannel(step, scale(), spatial)));
      const back = normalisedBackward(step, grouped(step.x), grouped(gradient), [2]);
      return builder.reshapeLike(back.name, step.input(0));
    },
    () => {
      const { normal } = normalised(step, grouped(step.x), [2]);
      const whole = step.term(builder.reshapeLike(normal.name, step.input(0)));
      return asScale(perChannelSum(step, step.dy.times(whole).name));
    },
    () => asScale(perChannelSum(step, step.gradient)),
  ];
}
