import type { Step } from '../step.ts';
import { multiply, plus } from '../terms.ts';
import { beyond, type Direction, masked } from './direction.ts';
import type { Flow } from './flow.ts';
import { gateActivations } from './gateActivation.ts';
import { recurrence } from './recurrence.ts';

/** Backward step of a plain recurrent direction (Elman 1990): d a = dh·f′, dh ← d a·R. */
export function rnnBackward(step: Step, direction: Direction): Flow {
  const [activation] = gateActivations(step, direction.index, ['Tanh']);
  const slopes = masked(step, direction, activation!.slope(direction.states), 0);
  const still = beyond(step, direction);
  const back = recurrence(
    step,
    {
      states: [direction.last],
      inputs: [direction.outer, slopes, ...(still ? [still] : [])],
      reverse: !direction.reverse,
    },
    (at, [state], [outer, slope, standing]) => {
      const dh = plus(at, state!, outer!);
      const da = multiply(at, dh, slope!);
      const through = at.builder.add('MatMul', [da, direction.stateWeights]);
      return { states: [standing ? plus(at, through, multiply(at, dh, standing)) : through], outputs: [da] };
    },
  );
  return {
    input: step.builder.add('MatMul', [back.outputs[0]!, direction.inputWeights]),
    initial: back.states[0]!,
    gates: back.outputs[0]!,
    fromState: [{ gates: back.outputs[0]!, reads: direction.before }],
  };
}
