import { intOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';

/** dx = y · (dy − Σ dy·y); of the logarithm dx = dy − softmax · Σ dy. */
export const softmaxRules: Rules = {
  Softmax: unary((step) => {
    const weighted = step.dy.times(step.y);
    return weighted.minus(step.y.times(weighted.sum(softmaxAxes(step))));
  }),
  LogSoftmax: unary((step) => {
    const total = step.dy.sum(softmaxAxes(step));
    return step.dy.minus(step.y.of('Exp').times(total));
  }),
};

/** Before opset 13 all axes from `axis` on were one. */
function softmaxAxes(step: Step): number[] {
  const rank = step.rank(0);
  const modern = step.builder.opset >= 13;
  const axis = step.axis(intOf(step.node, 'axis') ?? (modern ? -1 : 1), rank);
  return modern ? [axis] : Array.from({ length: rank - axis }, (_, i) => axis + i);
}
