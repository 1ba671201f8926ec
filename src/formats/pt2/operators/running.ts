import { result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

const LOWEST = -3.4e38;

/** What is so far along an axis, in log₂ T steps: each takes in what lies 1, 2, 4, … positions before. */
function soFar(
  lowering: Lowering,
  join: (here: string, before: string) => string,
  neutral: number,
): ProgramValue {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  const rank = self.dims.length;
  const axis = lowering.axis('dim', rank);
  const { dtype } = lowering.output();
  if (dtype !== 'float32') return lowering.refuse(`it runs over numbers of type ${dtype}`);
  const length = lowering.known(self, axis);
  let made = lowering.cast(self, dtype);
  for (let by = 1; by < length; by *= 2) {
    const pads = Array<number>(2 * rank)
      .fill(0)
      .with(axis, by);
    made = join(made, builder.pad(builder.slice(made, [axis], [0], [length - by]), pads, neutral));
  }
  return result(lowering, made);
}

/** Of equal values the last counts, as in PyTorch. */
const extreme =
  (op: 'GreaterOrEqual' | 'LessOrEqual', neutral: number): Lower =>
  (lowering) => {
    const { builder } = lowering;
    const join = (here: string, before: string) =>
      builder.add('Where', [builder.add(op, [here, before]), here, before]);
    return [soFar(lowering, join, neutral)];
  };

/** Running products and extremes. */
export const runningRules: LowerRules = {
  cumprod: (lowering) => soFar(lowering, (here, before) => lowering.builder.add('Mul', [here, before]), 1),
  cummax: extreme('GreaterOrEqual', LOWEST),
  cummin: extreme('LessOrEqual', -LOWEST),
};
