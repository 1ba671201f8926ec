import { float, floatOf } from '../../attributes.ts';
import { broadcasting, unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { choose, divide, greater, keepWhere, less, multiply, plus, scalar, square } from '../terms.ts';

/** Activations and functions made of pieces. At a kink the gradient is that of the lower piece. */
export const piecewiseRules: Rules = {
  Relu: unary(reluBackward),
  LeakyRelu: unary((step) => leaky(step, scalar(step, floatOf(step.node, 'alpha') ?? 0.01))),
  PRelu: broadcasting((step) => [
    () => leaky(step, step.input(1)),
    () => multiply(step, step.gradient, step.builder.add('Min', [step.input(0), scalar(step, 0)])),
  ]),
  ThresholdedRelu: unary((step) => {
    const on = greater(step, step.input(0), floatOf(step.node, 'alpha') ?? 1);
    return keepWhere(step, on);
  }),
  Elu: unary((step) => {
    const alpha = floatOf(step.node, 'alpha') ?? 1;
    return belowZero(step, step.gradient, plus(step, step.output, scalar(step, alpha)));
  }),
  Selu: unary((step) => {
    const alpha = floatOf(step.node, 'alpha') ?? 1.6732631921768188;
    const gamma = floatOf(step.node, 'gamma') ?? 1.0507010221481323;
    const above = multiply(step, step.gradient, scalar(step, gamma));
    return belowZero(step, above, plus(step, step.output, scalar(step, alpha * gamma)));
  }),
  Celu: unary((step) => {
    const alpha = floatOf(step.node, 'alpha') ?? 1;
    const slope = plus(step, divide(step, step.output, scalar(step, alpha)), scalar(step, 1));
    return belowZero(step, step.gradient, slope);
  }),
  HardSigmoid: unary((step) => {
    const slope = scalar(step, floatOf(step.node, 'alpha') ?? 0.2);
    return multiply(step, keepWhere(step, inside(step, step.output, 0, 1)), slope);
  }),
  HardSwish: unary((step) => {
    // x·h, h = clip(x/6 + 1/2, 0, 1): between -3 and 3 the slope is x/3 + 1/2.
    const x = step.input(0);
    const middle = plus(step, multiply(step, x, scalar(step, 1 / 3)), scalar(step, 0.5));
    const outside = choose(step, greater(step, x, 0), scalar(step, 1), scalar(step, 0));
    return multiply(step, step.gradient, choose(step, inside(step, x, -3, 3), middle, outside));
  }),
  Shrink: unary((step) => {
    const edge = floatOf(step.node, 'lambd') ?? 0.5;
    return keepWhere(step, greater(step, step.builder.add('Abs', [step.input(0)]), edge));
  }),
  Softsign: unary((step) => {
    const size = plus(step, step.builder.add('Abs', [step.input(0)]), scalar(step, 1));
    return divide(step, step.gradient, square(step, size));
  }),
  Abs: unary((step) => multiply(step, step.gradient, step.builder.add('Sign', [step.input(0)]))),
  Clip: unary((step) => {
    return keepWhere(step, step.builder.equal(step.input(0), step.output));
  }),
};

/** Large enough to lift every positive float to 1. */
const STEEP = 3.4e38;

/**
 * The mask is read from the output, so that the runtime may still fuse the Relu into the operator before it.
 * clip(STEEP·y, 0, 1) is 1 where y > 0, in one vectorised pass; Sign is not vectorised.
 */
function reluBackward(step: Step): string {
  const mask = step.builder.add('HardSigmoid', [step.output], { alpha: float(STEEP), beta: float(0) });
  return multiply(step, step.gradient, mask);
}

function leaky(step: Step, slope: string): string {
  return choose(step, greater(step, step.input(0), 0), step.gradient, multiply(step, step.gradient, slope));
}

/** `above` where x > 0, else the gradient times `slopeBelow`. */
function belowZero(step: Step, above: string, slopeBelow: string): string {
  return choose(step, greater(step, step.input(0), 0), above, multiply(step, step.gradient, slopeBelow));
}

function inside(step: Step, x: string, from: number, to: number): string {
  return step.builder.add('And', [greater(step, x, from), less(step, x, to)]);
}
