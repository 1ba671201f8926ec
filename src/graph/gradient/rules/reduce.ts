import { intOf, intsOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import type { Rule, Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { divide, minus, multiply, oneWhere, scalar } from '../terms.ts';

/** Sums, means, extremes and norms over axes. */
export const reduceRules: Rules = {
  ReduceSum: over((step, gradient) => step.builder.expandLike(gradient, step.input(0))),
  ReduceMean: over((step, gradient, axes) => {
    const share = multiply(step, gradient, step.share(0, axes));
    return step.builder.expandLike(share, step.input(0));
  }),
  ReduceMax: over(extreme),
  ReduceMin: over(extreme),
  ReduceSumSquare: over((step, gradient) =>
    multiply(step, gradient, multiply(step, step.input(0), scalar(step, 2))),
  ),
  ReduceL1: over((step, gradient) => multiply(step, gradient, step.builder.add('Sign', [step.input(0)]))),
  ReduceL2: over((step, gradient, axes) =>
    multiply(step, divide(step, gradient, kept(step, axes)), step.input(0)),
  ),
  ReduceProd: over((step, gradient, axes) =>
    multiply(step, gradient, divide(step, kept(step, axes), step.input(0))),
  ),
  ReduceLogSum: over((step, gradient, axes) => {
    const total = step.builder.add('Exp', [kept(step, axes)]);
    return step.builder.expandLike(divide(step, gradient, total), step.input(0));
  }),
  ReduceLogSumExp: over((step, gradient, axes) => {
    const share = step.builder.add('Exp', [minus(step, step.input(0), kept(step, axes))]);
    return multiply(step, gradient, share);
  }),
};

/** The axes a reduction runs over: attribute, or input where the opset has one; all of them where none are named. */
export function reducedAxes(step: Step): number[] {
  const rank = step.rank(0);
  const named = step.has(1) ? step.integers(1) : (intsOf(step.node, 'axes') ?? []);
  if (named.length > 0) return named.map((axis) => step.axis(axis, rank)).sort((a, b) => a - b);
  return intOf(step.node, 'noop_with_empty_axes') === 1
    ? []
    : Array.from({ length: rank }, (_, axis) => axis);
}

function over(slope: (step: Step, gradient: string, axes: readonly number[]) => string): Rule {
  return unary((step) => {
    const axes = reducedAxes(step);
    return slope(step, withAxes(step, step.gradient, axes), axes);
  });
}

/** The output with the reduced axes kept as 1. */
function kept(step: Step, axes: readonly number[]): string {
  return withAxes(step, step.output, axes);
}

function withAxes(step: Step, x: string, axes: readonly number[]): string {
  const dropped = (intOf(step.node, 'keepdims') ?? 1) === 0 && axes.length > 0;
  return dropped ? step.builder.unsqueeze(x, axes) : x;
}

/** Values that tie for the extreme share the gradient evenly, as in PyTorch's amax and TensorFlow. */
function extreme(step: Step, gradient: string, axes: readonly number[]): string {
  const winners = oneWhere(step, step.builder.equal(step.input(0), kept(step, axes)));
  const count = step.builder.reduce('ReduceSum', winners, axes, true);
  return multiply(step, winners, divide(step, gradient, count));
}
