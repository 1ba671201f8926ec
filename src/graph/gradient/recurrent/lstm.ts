import type { Step } from '../step.ts';
import { multiply, plus } from '../terms.ts';
import { beyond, type Direction, masked, shifted, times } from './direction.ts';
import type { Flow } from './flow.ts';
import { gateActivations } from './gateActivation.ts';
import { recurrence } from './recurrence.ts';

/**
 * Backward step of an LSTM direction (Hochreiter 1997; gates i, o, f, c as ONNX orders them). The gates of all steps
 * are computed again from the states the operator gives; what is left to be done step by step is linear:
 * dc ← dc + dh·o·h′, d gates = [dc, dh, dc, dc]·coefficients, dh ← d gates·R, dc ← dc·f.
 */
export function lstmBackward(step: Step, direction: Direction): Flow {
  const { builder } = step;
  const { steps, hidden, reverse } = direction;
  const [gate, input, output] = gateActivations(step, direction.index, ['Sigmoid', 'Tanh', 'Tanh']);
  const recurrent = times(step, direction.before, direction.stateWeights);
  const sum = plus(step, direction.fromInput, recurrent);
  const whole = direction.stateBias ? plus(step, sum, direction.stateBias) : sum;
  const [preI, preO, preF, preC] = builder.split(whole, 2, new Array<number>(4).fill(hidden));
  const i = gate!.value(preI!);
  const o = gate!.value(preO!);
  const f = gate!.value(preF!);
  const g = input!.value(preC!);

  const keep = masked(step, direction, f, 1);
  const initialCell = step.has(6)
    ? builder.squeeze(builder.slice(step.input(6), [0], [direction.index], [direction.index + 1]), [0])
    : builder.zerosLike(direction.initial);
  const cells = cellsOf(step, direction, keep, masked(step, direction, multiply(step, i, g), 0), initialCell);
  const before = shifted(step, cells, initialCell, { steps, reverse });
  const seen = output!.value(cells);

  const coefficients = builder.concat(
    [
      multiply(step, g, gate!.slope(i)),
      multiply(step, seen, gate!.slope(o)),
      multiply(step, before, gate!.slope(f)),
      multiply(step, i, input!.slope(g)),
    ],
    2,
  );
  const still = beyond(step, direction);
  const back = recurrence(
    step,
    {
      states: [direction.last, direction.lastCell],
      inputs: [
        direction.outer,
        masked(step, direction, coefficients, 0),
        masked(step, direction, multiply(step, o, output!.slope(seen)), 0),
        keep,
        ...(still ? [still] : []),
      ],
      reverse: !reverse,
    },
    (at, [state, cell], [outer, slopes, toCell, kept, standing]) => {
      const dh = plus(at, state!, outer!);
      const dc = plus(at, cell!, multiply(at, dh, toCell!));
      const gates = multiply(at, at.builder.concat([dc, dh, dc, dc], 1), slopes!);
      const through = at.builder.add('MatMul', [gates, direction.stateWeights]);
      return {
        states: [standing ? plus(at, through, multiply(at, dh, standing)) : through, multiply(at, dc, kept!)],
        outputs: [gates],
      };
    },
  );
  return {
    input: builder.add('MatMul', [back.outputs[0]!, direction.inputWeights]),
    initial: back.states[0]!,
    initialCell: back.states[1]!,
    gates: back.outputs[0]!,
    fromState: [{ gates: back.outputs[0]!, reads: direction.before }],
  };
}

/** [T, N, H]: c ← keep·c + add, step by step. */
function cellsOf(step: Step, { reverse }: Direction, keep: string, add: string, initial: string): string {
  const { outputs } = recurrence(
    step,
    { states: [initial], inputs: [keep, add], reverse },
    (at, [cell], [kept, added]) => {
      const next = plus(at, multiply(at, kept!, cell!), added!);
      return { states: [next], outputs: [next] };
    },
  );
  return outputs[0]!;
}
