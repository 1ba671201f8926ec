import { floatOf } from '../../attributes.ts';
import { broadcasting, unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { choose, divide, greater, less, multiply, oneWhere, plus, scalar, square } from '../terms.ts';

/** Activations and functions made of pieces. At a kink the gradient is that of the lower piece. */
export const piecewiseRules: Rules = {
  // The mask is read from the output, so that the runtime may still fuse the Relu into the operator before it.
  Relu: unary((step) => multiply(step, step.gradient, step.builder.add('Sign', [step.output]))),
  LeakyRelu: unary((step) => leaky(step, scalar(step, floatOf(step.node, 'alpha') ?? 0.01))),
  PRelu: broadcasting((step) => [() => leaky(step, step.input(1))]),
  ThresholdedRelu: unary((step) => {
    const on = greater(step, step.input(0), floatOf(step.node, 'alpha') ?? 1);
    return multiply(step, step.gradient, oneWhere(step, on));
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
    return multiply(step, step.gradient, multiply(step, inside(step, step.output, 0, 1), slope));
  }),
  HardSwish: unary((step) => {
    // x·h, h = clip(x/6 + 1/2, 0, 1)
    const x = step.input(0);
    const line = plus(step, multiply(step, x, scalar(step, 1 / 6)), scalar(step, 0.5));
    const middle = plus(step, line, multiply(step, x, scalar(step, 1 / 6)));
    const slope = choose(
      step,
      greater(step, x, 3),
      scalar(step, 1),
      multiply(step, middle, inside(step, x, -3, 3)),
    );
    return multiply(step, step.gradient, slope);
  }),
  Softsign: unary((step) => {
    const size = plus(step, step.builder.add('Abs', [step.input(0)]), scalar(step, 1));
    return divide(step, step.gradient, square(step, size));
  }),
  Abs: unary((step) => multiply(step, step.gradient, step.builder.add('Sign', [step.input(0)]))),
  Clip: unary((step) => {
    const unchanged = oneWhere(step, step.builder.equal(step.input(0), step.output));
    return multiply(step, step.gradient, unchanged);
  }),
};

function leaky(step: Step, slope: string): string {
  return choose(step, greater(step, step.input(0), 0), step.gradient, multiply(step, step.gradient, slope));
}

/** `above` where x > 0, else the gradient times `slopeBelow`. */
function belowZero(step: Step, above: string, slopeBelow: string): string {
  return choose(step, greater(step, step.input(0), 0), above, multiply(step, step.gradient, slopeBelow));
}

/** 1 where from < x < to. */
function inside(step: Step, x: string, from: number, to: number): string {
  return oneWhere(step, step.builder.add('And', [greater(step, x, from), less(step, x, to)]));
}
