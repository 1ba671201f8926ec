import { numbers } from '../../tensor.ts';
import type { Term } from '../../term.ts';
import { broadcasting, unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { EQUALS } from './notes.ts';

/** Sums, products and extremes of tensors that may broadcast. */
export const arithmeticRules: Rules = {
  Add: broadcasting(({ node, dy }) => node.inputs.map(() => () => dy)),
  Sum: broadcasting(({ node, dy }) => node.inputs.map(() => () => dy)),
  Mean: broadcasting(({ node, dy }) => node.inputs.map((_, __, all) => () => dy.times(1 / all.length))),
  Sub: broadcasting(({ dy }) => [() => dy, () => dy.negated()]),
  Mul: broadcasting((step) => [() => step.dy.times(second(step)), () => step.dy.times(step.x)]),
  Div: broadcasting((step) => [
    () => step.dy.over(second(step)),
    () => step.dy.times(step.y).over(second(step)).negated(),
  ]),
  Pow: broadcasting((step) => [() => powerBackward(step)]),
  // Along x its slope is 1 between the jumps; the divisor is not differentiated.
  Mod: broadcasting(({ dy }) => [() => dy]),
  Max: broadcasting(extremeBackward),
  Min: broadcasting(extremeBackward),
  Neg: unary(({ dy }) => dy.negated()),
};

function second(step: Step): Term {
  return step.term(step.input(1));
}

/** d xᵖ = p·xᵖ⁻¹ dx, 0 where p is 0; the exponent itself is not differentiated. */
function powerBackward(step: Step): Term {
  const { builder, x, dy } = step;
  const exponent = step.input(1);
  const dtype = builder.constantOf(exponent)?.dtype ?? 'float32';
  const power = step.term(dtype === 'float32' ? exponent : builder.toFloat(exponent));
  const slope = power.times(x.power(power.minus(1)));
  const fixed = builder.constantOf(exponent);
  const mayBeZero = !fixed || numbers(fixed).includes(0);
  return dy.times(mayBeZero ? power.equals(0).choose(0, slope) : slope);
}

/** The whole gradient goes to the first input that holds the extreme value, or to all that do alike where that is noted. */
function extremeBackward(step: Step): (() => Term)[] {
  const holds = (input: string) => step.term(input).equals(step.y);
  if (step.node.metadata?.get(EQUALS) === 'share') {
    const winners = () => step.node.inputs.map((input) => holds(input).asFloat());
    const all = () => winners().reduce((sum, one) => sum.plus(one));
    return step.node.inputs.map((input) => () => holds(input).choose(step.dy.over(all()), 0));
  }
  return step.node.inputs.map((input, index, all) => () => {
    const earlier = all.slice(0, index).map((one) => holds(one).not());
    const takes = earlier.reduce((sofar, free) => sofar.and(free), holds(input));
    return takes.choose(step.dy, 0);
  });
}
