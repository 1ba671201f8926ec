import { intOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { minus, multiply } from '../terms.ts';

export const softmaxRules: Rules = {
  Softmax: unary((step) => {
    const weighted = multiply(step, step.gradient, step.output);
    const total = step.builder.reduce('ReduceSum', weighted, softmaxAxes(step), true);
    return minus(step, weighted, multiply(step, step.output, total));
  }),
  LogSoftmax: unary((step) => {
    const total = step.builder.reduce('ReduceSum', step.gradient, softmaxAxes(step), true);
    return minus(step, step.gradient, multiply(step, step.builder.add('Exp', [step.output]), total));
  }),
};

/** Before opset 13 all axes from `axis` on were one. */
function softmaxAxes(step: Step): number[] {
  const rank = step.rank(0);
  const modern = step.builder.opset >= 13;
  const axis = step.axis(intOf(step.node, 'axis') ?? (modern ? -1 : 1), rank);
  return modern ? [axis] : Array.from({ length: rank - axis }, (_, i) => axis + i);
}
