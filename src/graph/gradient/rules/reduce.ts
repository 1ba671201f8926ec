import { intOf, intsOf } from '../../attributes.ts';
import { int64 } from '../../tensor.ts';
import type { Term } from '../../term.ts';
import { unary } from '../broadcast.ts';
import type { Rule, Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { EQUALS } from './notes.ts';

/** Sums, means, extremes and norms over axes; `dy` and `y` keep the reduced axes as 1. */
export const reduceRules: Rules = {
  ReduceSum: over(({ step, dy }) => expanded(step, dy)),
  ReduceMean: over(({ step, dy, axes }) => expanded(step, dy.times(step.term(step.share(0, axes))))),
  ReduceMax: over(extreme),
  ReduceMin: over(extreme),
  ReduceSumSquare: over(({ x, dy }) => dy.times(x.times(2))),
  ReduceL1: over(({ x, dy }) => dy.times(x.of('Sign'))),
  // At 0 the norm has no slope; of its subgradients 0 is taken, as in PyTorch.
  ReduceL2: over(({ x, y, dy }) => y.above(0).choose(dy.over(y), 0).times(x)),
  ReduceProd: over(productBackward),
  ReduceLogSum: over(({ step, y, dy }) => expanded(step, dy.over(y.of('Exp')))),
  ReduceLogSumExp: over(({ x, y, dy }) => dy.times(x.minus(y).of('Exp'))),
};

interface Reduced {
  readonly step: Step;
  readonly axes: readonly number[];
  readonly x: Term;
  readonly y: Term;
  readonly dy: Term;
}

/** The axes a reduction runs over: attribute, or input where the opset has one; all of them where none are named. */
export function reducedAxes(step: Step): number[] {
  const rank = step.rank(0);
  const named = step.has(1) ? step.integers(1) : (intsOf(step.node, 'axes') ?? []);
  if (named.length > 0) return named.map((axis) => step.axis(axis, rank)).sort((a, b) => a - b);
  return intOf(step.node, 'noop_with_empty_axes') === 1
    ? []
    : Array.from({ length: rank }, (_, axis) => axis);
}

function over(back: (reduced: Reduced) => Term): Rule {
  return unary((step) => {
    const axes = reducedAxes(step);
    const dropped = (intOf(step.node, 'keepdims') ?? 1) === 0 && axes.length > 0;
    const kept = (name: string) => step.term(dropped ? step.builder.unsqueeze(name, axes) : name);
    return back({ step, axes, x: step.x, y: kept(step.output), dy: kept(step.gradient) });
  });
}

function expanded(step: Step, dy: Term): Term {
  return step.term(step.builder.expandLike(dy.name, step.input(0)));
}

/** Each value's slope is the product of the others, also where one or more of them are 0. */
function productBackward({ x, dy, axes }: Reduced): Term {
  const isZero = x.equals(0);
  const zeros = isZero.asFloat();
  const whole = isZero.choose(1, x);
  const others = whole.reduced('ReduceProd', axes).over(whole);
  return zeros.sum(axes).minus(zeros).above(0).choose(0, dy.times(others));
}

/**
 * Values that tie for the extreme share the gradient evenly, as in PyTorch's amax and TensorFlow, or the first takes it,
 * as where PyTorch gives the place beside the value.
 */
function extreme({ step, x, y, dy, axes }: Reduced): Term {
  const winners = x.equals(y).asFloat();
  if (step.node.metadata?.get(EQUALS) === 'first') {
    const { builder } = step;
    const axis = builder.constant(int64([], [axes[0]!]));
    const order = step.term(builder.add('CumSum', [winners.name, axis]));
    return winners.times(order.equals(1).choose(dy, 0));
  }
  return winners.times(dy.over(winners.sum(axes)));
}
