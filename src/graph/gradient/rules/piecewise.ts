import { float, floatOf } from '../../attributes.ts';
import type { Term } from '../../term.ts';
import { broadcasting, slope, unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';

/** Activations and functions made of pieces. At a kink the gradient is that of the lower piece. */
export const piecewiseRules: Rules = {
  // 0 · ∞ would be no number: where the gradient may be infinite it chooses, else it multiplies, which is quicker.
  Relu: unary((step) =>
    step.infinite ? step.y.above(0).choose(step.dy, 0) : step.dy.times(isPositive(step)),
  ),
  LeakyRelu: unary((step) => belowZero(step, step.number(floatOf(step.node, 'alpha') ?? 0.01))),
  PRelu: broadcasting((step) => [
    () => belowZero(step, step.term(step.input(1))),
    () => step.dy.times(step.x.atMost(0)),
  ]),
  Elu: unary((step) => belowZero(step, step.y.plus(floatOf(step.node, 'alpha') ?? 1))),
  Abs: slope(({ x }) => x.of('Sign')),
  Clip: unary(clipBackward),
};

/**
 * 0 at both bounds, as where ReLU6 and HardTanh are written as a Clip; what a convolution without bias makes of padding
 * lies on the bound 0. A Cast of the condition to float is 5 times slower in wasm.
 */
function clipBackward(step: Step): Term {
  const { node, dy, y } = step;
  const bound = (index: number, name: string) =>
    step.has(index) ? step.term(step.input(index)) : floatOf(node, name);
  const [least, most] = [bound(1, 'min'), bound(2, 'max')];
  const above = least === undefined ? dy : y.above(least).choose(dy, 0);
  return most === undefined ? above : y.below(most).choose(above, 0);
}

/** Large enough to lift every positive float to 1. */
const STEEP = 3.4e38;

/**
 * The mask is read from the output, so that the runtime may still fuse the Relu into the operator before it.
 * clip(STEEP·y, 0, 1) is 1 where y > 0, in one vectorised pass; Sign is not vectorised.
 */
function isPositive({ y }: Step): Term {
  return y.of('HardSigmoid', { alpha: float(STEEP), beta: float(0) });
}

/** The gradient where x > 0, else the gradient times a slope. */
function belowZero({ x, dy }: Step, below: Term): Term {
  return x.above(0).choose(dy, dy.times(below));
}
