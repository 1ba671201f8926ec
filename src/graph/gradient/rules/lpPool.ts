import { floatOf, intOf } from '../../attributes.ts';
import type { Term } from '../../term.ts';
import { unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { windowSums } from './averagePool.ts';
import { poolWindow } from './maxPool.ts';

/** p-norms of windows, y = (Σ|x|ᵖ)^(1/p): dx = sign(x)·|x|ᵖ⁻¹·Σ over windows of dy·y^(1−p). */
export const lpPoolRules: Rules = {
  LpPool: unary((step) => {
    const sums = windowSums(step, perWindow(step).name, poolWindow(step));
    return powered(step).times(step.term(sums));
  }),
  GlobalLpPool: unary((step) => powered(step).times(perWindow(step))),
};

function orderOf(step: Step): number {
  // Opset 1 wrote it as a float.
  return intOf(step.node, 'p') ?? floatOf(step.node, 'p') ?? 2;
}

function powered(step: Step): Term {
  const { x } = step;
  const order = orderOf(step);
  const sign = x.of('Sign');
  return order === 1 ? sign : sign.times(raised(x.size(), order - 1));
}

/** A window of zeros has no slope: 0 there, not 0/0. */
function perWindow(step: Step): Term {
  const order = orderOf(step);
  return order === 1 ? step.dy : step.dy.over(raised(step.y.atLeast(1e-20), order - 1));
}

function raised(x: Term, to: number): Term {
  return to === 1 ? x : x.power(to);
}
