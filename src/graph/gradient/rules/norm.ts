import { floatOf, intOf, intsOf } from '../../attributes.ts';
import { unary, undoBroadcast } from '../broadcast.ts';
import type { Rule, Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { divide, minus, multiply, plus, scalar, square } from '../terms.ts';
import { batchNormBackward, perChannel, perChannelSum } from './batchNorm.ts';

/**
 * Normalisations. Scales, shifts and the statistics that a batch norm is given are differentiated as well: a batch norm
 * in training is one whose statistics are computed from its input.
 */
export const normRules: Rules = {
  BatchNormalization: batchNormBackward,
  InstanceNormalization: (step) => {
    const axes = axesFrom(step, 2);
    const scale = perChannel(step, step.input(1), axes.length);
    return [
      () => normalisedBackward(step, step.input(0), multiply(step, step.gradient, scale), axes),
      () => perChannelSum(step, multiply(step, step.gradient, normalised(step, step.input(0), axes).normal)),
      () => perChannelSum(step, step.gradient),
    ];
  },
  LayerNormalization: (step) => {
    const axes = axesFrom(step, step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0)));
    const normal = () => normalised(step, step.input(0), axes).normal;
    return [
      () => normalisedBackward(step, step.input(0), multiply(step, step.gradient, step.input(1)), axes),
      () => undoBroadcast(step, multiply(step, step.gradient, normal()), 1),
      () => undoBroadcast(step, step.gradient, 2),
    ];
  },
  GroupNormalization: groupNormBackward,
  RMSNormalization: (step) => {
    const axes = axesFrom(step, step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0)));
    const normal = () => divide(step, step.input(0), rootMeanSquare(step, axes));
    return [
      () => rmsBackward(step, multiply(step, step.gradient, step.input(1)), axes),
      () => undoBroadcast(step, multiply(step, step.gradient, normal()), 1),
    ];
  },
  MeanVarianceNormalization: unary((step) => {
    const axes = (intsOf(step.node, 'axes') ?? [0, 2, 3]).map((axis) => step.axis(axis, step.rank(0)));
    if (axes.includes(0)) step.refuse('it normalises over the instances');
    return normalisedBackward(step, step.input(0), step.gradient, axes, 1e-9);
  }),
  LpNormalization: unary((step) => {
    // y = x/‖x‖: dx = (dy − ∂‖x‖/∂x · Σ y·dy)/‖x‖
    const order = intOf(step.node, 'p') ?? 2;
    if (order !== 1 && order !== 2) step.refuse(`p is ${order}`);
    const axis = step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0));
    const size = step.builder.reduce(order === 1 ? 'ReduceL1' : 'ReduceL2', step.input(0), [axis], true);
    const slope = order === 1 ? step.builder.add('Sign', [step.input(0)]) : step.output;
    const sum = step.builder.reduce('ReduceSum', multiply(step, step.output, step.gradient), [axis], true);
    return divide(step, minus(step, step.gradient, multiply(step, slope, sum)), size);
  }),
};

function axesFrom(step: Step, first: number): number[] {
  return Array.from({ length: step.rank(0) - first }, (_, i) => first + i);
}

/** x̂ = (x − mean)/√(var + ε) over `axes`: dx = (d − mean d − x̂·mean(d·x̂))/√(var + ε) with d = d logit / d x̂. */
function normalisedBackward(
  step: Step,
  x: string,
  gradient: string,
  axes: readonly number[],
  unlessSaid = 1e-5,
): string {
  const mean = (of: string) => step.builder.reduce('ReduceMean', of, axes, true);
  const { normal, deviation } = normalised(step, x, axes, unlessSaid);
  const along = multiply(step, normal, mean(multiply(step, gradient, normal)));
  return divide(step, minus(step, minus(step, gradient, mean(gradient)), along), deviation);
}

/** x̂ = (x − mean)/√(var + ε) over `axes`, and the deviation it was divided by. */
function normalised(step: Step, x: string, axes: readonly number[], unlessSaid = 1e-5) {
  const mean = (of: string) => step.builder.reduce('ReduceMean', of, axes, true);
  const centred = minus(step, x, mean(x));
  const epsilon = scalar(step, floatOf(step.node, 'epsilon') ?? unlessSaid);
  const deviation = step.builder.add('Sqrt', [plus(step, mean(square(step, centred)), epsilon)]);
  return { normal: divide(step, centred, deviation), deviation };
}

/** √(mean x² + ε) over `axes`. */
function rootMeanSquare(step: Step, axes: readonly number[]): string {
  const epsilon = scalar(step, floatOf(step.node, 'epsilon') ?? 1e-5);
  const mean = step.builder.reduce('ReduceMean', square(step, step.input(0)), axes, true);
  return step.builder.add('Sqrt', [plus(step, mean, epsilon)]);
}

/** x̂ = x/√(mean x² + ε) (Zhang 2019): dx = (d − x̂·mean(d·x̂))/√(mean x² + ε). */
function rmsBackward(step: Step, gradient: string, axes: readonly number[]): string {
  const mean = (of: string) => step.builder.reduce('ReduceMean', of, axes, true);
  const size = rootMeanSquare(step, axes);
  const normal = divide(step, step.input(0), size);
  const along = multiply(step, normal, mean(multiply(step, gradient, normal)));
  return divide(step, minus(step, gradient, along), size);
}

/** Channels are split into groups, each normalised by itself. Before opset 21 the scale is one per group. */
function groupNormBackward(step: Step): ReturnType<Rule> {
  const { builder } = step;
  const groups = intOf(step.node, 'num_groups') ?? step.refuse('num_groups is missing');
  const spatial = step.rank(0) - 2;
  const channels = step.dims(0)[1]!;
  const perGroup = step.dims(1)[0] !== channels;
  const grouped = (x: string) => builder.reshape(x, [0, groups, -1]);
  const scale = () => {
    if (!perGroup) return step.input(1);
    const each = builder.constant({
      dtype: 'float32',
      dims: [1, channels / groups],
      data: ones(channels / groups),
    });
    return builder.reshape(multiply(step, builder.unsqueeze(step.input(1), [1]), each), [-1]);
  };
  /** [C] as the scale lies: summed within each group where it is one per group. */
  const asScale = (sum: string) =>
    perGroup
      ? builder.reduce('ReduceSum', builder.reshape(sum, [groups, channels / groups]), [1], false)
      : sum;
  return [
    () => {
      const gradient = multiply(step, step.gradient, perChannel(step, scale(), spatial));
      const back = normalisedBackward(step, grouped(step.input(0)), grouped(gradient), [2]);
      return builder.reshapeLike(back, step.input(0));
    },
    () => {
      const { normal } = normalised(step, grouped(step.input(0)), [2]);
      const whole = builder.reshapeLike(normal, step.input(0));
      return asScale(perChannelSum(step, multiply(step, step.gradient, whole)));
    },
    () => asScale(perChannelSum(step, step.gradient)),
  ];
}

function ones(count: number): Float32Array {
  return new Float32Array(count).fill(1);
}
