import { broadcasting, unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { keepWhere, multiply } from '../terms.ts';

/** Sums, products and extremes of tensors that may broadcast. */
export const arithmeticRules: Rules = {
  Add: broadcasting((step) => step.node.inputs.map(() => () => step.gradient)),
  Sum: broadcasting((step) => step.node.inputs.map(() => () => step.gradient)),
  Mean: broadcasting((step) =>
    step.node.inputs.map(
      (_, __, all) => () => multiply(step, step.gradient, step.builder.scalar(1 / all.length)),
    ),
  ),
  Sub: broadcasting((step) => [() => step.gradient, () => step.builder.add('Neg', [step.gradient])]),
  Mul: broadcasting((step) => [
    () => multiply(step, step.gradient, step.input(1)),
    () => multiply(step, step.gradient, step.input(0)),
  ]),
  Div: broadcasting((step) => [
    () => step.builder.add('Div', [step.gradient, step.input(1)]),
    () => {
      const ratio = step.builder.add('Div', [multiply(step, step.gradient, step.output), step.input(1)]);
      return step.builder.add('Neg', [ratio]);
    },
  ]),
  Pow: broadcasting((step) => [() => powerBackward(step)]),
  // Along x its slope is 1 between the jumps; the divisor is not differentiated.
  Mod: broadcasting((step) => [() => step.gradient]),
  Max: broadcasting((step) => extremeBackward(step)),
  Min: broadcasting((step) => extremeBackward(step)),
  Neg: unary((step) => step.builder.add('Neg', [step.gradient])),
};

/** d xᵖ = p·xᵖ⁻¹ dx; the exponent itself is not differentiated. */
function powerBackward(step: Step): string {
  const { builder } = step;
  const exponent = step.input(1);
  const dtype = builder.constantOf(exponent)?.dtype ?? 'float32';
  const asFloat = dtype === 'float32' ? exponent : builder.toFloat(exponent);
  const lower = builder.add('Sub', [asFloat, builder.scalar(1)]);
  const slope = multiply(step, asFloat, builder.add('Pow', [step.input(0), lower]));
  return multiply(step, step.gradient, slope);
}

/** The whole gradient goes to the first input that holds the extreme value. */
function extremeBackward(step: Step): (() => string)[] {
  const { builder } = step;
  return step.node.inputs.map((input, index) => () => {
    let mask = builder.equal(input, step.output);
    for (const earlier of step.node.inputs.slice(0, index)) {
      const free = builder.add('Not', [builder.equal(earlier, step.output)]);
      mask = builder.add('And', [mask, free]);
    }
    return keepWhere(step, mask);
  });
}
