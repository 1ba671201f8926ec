import { int } from '../../attributes.ts';
import type { Rule, Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { sumOf } from '../sum.ts';
import { type Direction, direction, directionsOf, refuseOddities } from './direction.ts';
import type { Flow } from './flow.ts';
import { gruBackward } from './gru.ts';
import { lstmBackward } from './lstm.ts';
import { rnnBackward } from './rnn.ts';

/**
 * Recurrent operators: backpropagation through time. The operator itself stays as it is; of its backward step only what
 * depends on the step before is done in a Scan; the weights follow by one matrix product over all steps.
 */
export const recurrentRules: Rules = {
  LSTM: recurrent(4, lstmBackward),
  GRU: recurrent(3, gruBackward),
  RNN: recurrent(1, rnnBackward),
};

function recurrent(gates: number, backward: (step: Step, one: Direction) => Flow): Rule {
  return (step) => {
    let flows: Flow[] | undefined;
    const flow = () => {
      if (flows === undefined) {
        refuseOddities(step);
        flows = directionsOf(step).map((index) => backward(step, direction(step, index, gates)));
      }
      return flows;
    };
    const input = () =>
      sumOf(
        step.builder,
        flow().map((one) => one.input),
      );
    const stacked = (of: (one: Flow) => string) =>
      step.builder.concat(
        flow().map((one) => step.builder.unsqueeze(of(one), [0])),
        0,
      );
    const initial = () => stacked((one) => one.initial);
    const cell = () => stacked((one) => one.initialCell ?? step.refuse('it has no cell'));
    const weights = () => stacked((one) => overSteps(step, one.gates, step.input(0)));
    const stateWeights = () =>
      stacked((one) => blocks(step, one, ({ gates, reads }) => overSteps(step, gates, reads)));
    const bias = () =>
      stacked((one) => {
        const fromState = blocks(step, one, ({ gates }) => summed(step, gates));
        return step.builder.concat([summed(step, one.gates), fromState], 0);
      });
    return [input, weights, stateWeights, bias, undefined, initial, cell];
  };
}

function blocks(step: Step, flow: Flow, of: (block: Flow['fromState'][number]) => string): string {
  return step.builder.concat(flow.fromState.map(of), 0);
}

/** Σ over steps and instances of gates [T, N, G] × reads [T, N, I]: [G, I]. */
function overSteps(step: Step, gates: string, reads: string): string {
  const { builder } = step;
  const flat = (x: string) => builder.add('Flatten', [x], { axis: int(2) });
  return builder.add('MatMul', [builder.transpose(flat(gates), [1, 0]), flat(reads)]);
}

function summed(step: Step, gates: string): string {
  return step.builder.reduce('ReduceSum', gates, [0, 1], false);
}
