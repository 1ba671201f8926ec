import { floatOf, intOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { multiply, scalar } from '../terms.ts';
import { windowSums } from './averagePool.ts';
import { poolWindow } from './maxPool.ts';

/** p-norms of windows, y = (Σ|x|ᵖ)^(1/p): dx = sign(x)·|x|ᵖ⁻¹·Σ over windows of dy·y^(1−p). */
export const lpPoolRules: Rules = {
  LpPool: unary((step) => multiply(step, powered(step), windowSums(step, perWindow(step), poolWindow(step)))),
  GlobalLpPool: unary((step) => multiply(step, powered(step), perWindow(step))),
};

function orderOf(step: Step): number {
  // Opset 1 wrote it as a float.
  return intOf(step.node, 'p') ?? floatOf(step.node, 'p') ?? 2;
}

function powered(step: Step): string {
  const { builder } = step;
  const sign = builder.add('Sign', [step.input(0)]);
  const order = orderOf(step);
  if (order === 1) return sign;
  const size = builder.add('Abs', [step.input(0)]);
  return multiply(step, sign, order === 2 ? size : builder.add('Pow', [size, scalar(step, order - 1)]));
}

/** A window of zeros has no slope: 0 there, not 0/0. */
function perWindow(step: Step): string {
  const { builder } = step;
  const order = orderOf(step);
  if (order === 1) return step.gradient;
  const size = builder.add('Max', [step.output, scalar(step, 1e-20)]);
  const below = order === 2 ? size : builder.add('Pow', [size, scalar(step, order - 1)]);
  return builder.add('Div', [step.gradient, below]);
}
