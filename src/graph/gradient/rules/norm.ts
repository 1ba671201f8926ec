import { floatOf, intOf, intsOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { divide, minus, multiply, plus, scalar, square } from '../terms.ts';

/** Normalisations, as in inference. Scales and running statistics are not differentiated. */
export const normRules: Rules = {
  BatchNormalization: unary((step) => {
    if (intOf(step.node, 'training_mode') === 1) step.refuse('it is in training mode');
    return multiply(step, step.gradient, batchNormScale(step, step.rank(0) - 2));
  }),
  InstanceNormalization: unary((step) => {
    const axes = axesFrom(step, 2);
    const scale = perChannel(step, step.input(1), axes.length);
    return normalisedBackward(step, step.input(0), multiply(step, step.gradient, scale), axes);
  }),
  LayerNormalization: unary((step) => {
    const axes = axesFrom(step, step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0)));
    const gradient = multiply(step, step.gradient, step.input(1));
    return normalisedBackward(step, step.input(0), gradient, axes);
  }),
  GroupNormalization: unary(groupNormBackward),
  RMSNormalization: unary((step) => {
    const axes = axesFrom(step, step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0)));
    return rmsBackward(step, multiply(step, step.gradient, step.input(1)), axes);
  }),
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

/** scale / √(variance + ε) per channel, shaped [C, 1…] with `spatial` ones behind. */
export function batchNormScale(step: Step, spatial: number): string {
  const epsilon = scalar(step, floatOf(step.node, 'epsilon') ?? 1e-5);
  const deviation = step.builder.add('Sqrt', [plus(step, step.input(4), epsilon)]);
  return perChannel(step, divide(step, step.input(1), deviation), spatial);
}

function perChannel(step: Step, vector: string, spatial: number): string {
  return spatial > 0 ? step.builder.reshape(vector, [-1, ...new Array<number>(spatial).fill(1)]) : vector;
}

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
  const centred = minus(step, x, mean(x));
  const epsilon = scalar(step, floatOf(step.node, 'epsilon') ?? unlessSaid);
  const deviation = step.builder.add('Sqrt', [plus(step, mean(square(step, centred)), epsilon)]);
  const normal = divide(step, centred, deviation);
  const along = multiply(step, normal, mean(multiply(step, gradient, normal)));
  return divide(step, minus(step, minus(step, gradient, mean(gradient)), along), deviation);
}

/** x̂ = x/√(mean x² + ε) (Zhang 2019): dx = (d − x̂·mean(d·x̂))/√(mean x² + ε). */
function rmsBackward(step: Step, gradient: string, axes: readonly number[]): string {
  const mean = (of: string) => step.builder.reduce('ReduceMean', of, axes, true);
  const epsilon = scalar(step, floatOf(step.node, 'epsilon') ?? 1e-5);
  const size = step.builder.add('Sqrt', [plus(step, mean(square(step, step.input(0))), epsilon)]);
  const normal = divide(step, step.input(0), size);
  const along = multiply(step, normal, mean(multiply(step, gradient, normal)));
  return divide(step, minus(step, gradient, along), size);
}

/** Channels are split into groups, each normalised by itself. Before opset 21 the scale is one per group. */
function groupNormBackward(step: Step): string {
  const { builder } = step;
  const groups = intOf(step.node, 'num_groups') ?? step.refuse('num_groups is missing');
  const spatial = step.rank(0) - 2;
  const channels = step.dims(0)[1]!;
  const grouped = (x: string) => builder.reshape(x, [0, groups, -1]);
  let scale = step.input(1);
  if (step.dims(1)[0] !== channels) {
    const each = builder.constant({
      dtype: 'float32',
      dims: [1, channels / groups],
      data: ones(channels / groups),
    });
    scale = builder.reshape(multiply(step, builder.unsqueeze(scale, [1]), each), [-1]);
  }
  const gradient = multiply(step, step.gradient, perChannel(step, scale, spatial));
  const back = normalisedBackward(step, grouped(step.input(0)), grouped(gradient), [2]);
  return builder.reshapeLike(back, step.input(0));
}

function ones(count: number): Float32Array {
  return new Float32Array(count).fill(1);
}
