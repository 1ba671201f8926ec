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
 * depends on the step before is done in a Scan. Weights are not differentiated.
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
    return [input, undefined, undefined, undefined, undefined, initial, cell];
  };
}
