import type { Lower, Lowering, LowerRules } from '../lowering.ts';

/** x·Wᵀ + b, where there is a bias. */
function weighed(lowering: Lowering, x: string, weight: string, bias: string): string {
  const inputs = [x, lowering.tensor(weight).tensor, lowering.optional(bias)?.tensor ?? ''];
  return lowering.builder.add('Gemm', inputs[2] === '' ? inputs.slice(0, 2) : inputs, {
    transB: { kind: 'int', value: 1 },
  });
}

const width = (lowering: Lowering) => lowering.known(lowering.tensor('w_hh'), 1);
const both = (lowering: Lowering, state: string) =>
  [
    weighed(lowering, lowering.tensor('input').tensor, 'w_ih', 'b_ih'),
    weighed(lowering, state, 'w_hh', 'b_hh'),
  ] as const;

/** One step of an LSTM: gates i, f, g, o. */
const lstmCell: Lower = (lowering) => {
  const { builder } = lowering;
  const [hidden, cell] = lowering.tensors('hx');
  if (!hidden || !cell) return lowering.refuse('it has no state');
  const sum = builder.add('Add', [...both(lowering, hidden.tensor)]);
  const [input, forget, fresh, output] = builder.split(sum, 1, Array<number>(4).fill(width(lowering)));
  const open = (gate: string) => builder.add('Sigmoid', [gate]);
  const kept = builder.add('Mul', [open(forget!), cell.tensor]);
  const next = builder.add('Add', [kept, builder.add('Mul', [open(input!), builder.add('Tanh', [fresh!])])]);
  const shown = builder.add('Mul', [open(output!), builder.add('Tanh', [next])]);
  return [shown, next].map((tensor, i) => ({ ...lowering.output(i), tensor }));
};

/** One step of a GRU: gates r, z, n; r is applied behind the product. */
const gruCell: Lower = (lowering) => {
  const { builder } = lowering;
  const state = lowering.tensor('hx').tensor;
  const sizes = Array<number>(3).fill(width(lowering));
  const [x, h] = both(lowering, state).map((all) => builder.split(all, 1, sizes));
  const open = (at: number) => builder.add('Sigmoid', [builder.add('Add', [x![at]!, h![at]!])]);
  const past = builder.add('Mul', [open(0), h![2]!]);
  const fresh = builder.add('Tanh', [builder.add('Add', [x![2]!, past])]);
  // (1 − z)·n + z·h
  const way = builder.add('Mul', [open(1), builder.add('Sub', [state, fresh])]);
  return { ...lowering.output(), tensor: builder.add('Add', [fresh, way]) };
};

const rnnCell =
  (activation: 'Tanh' | 'Relu'): Lower =>
  (lowering) => {
    const sum = lowering.builder.add('Add', [...both(lowering, lowering.tensor('hx').tensor)]);
    return { ...lowering.output(), tensor: lowering.builder.add(activation, [sum]) };
  };

/** Single steps of LSTM, GRU and RNN, as a loop of the model's own calls them. */
export const cellRules: LowerRules = {
  lstm_cell: lstmCell,
  gru_cell: gruCell,
  rnn_tanh_cell: rnnCell('Tanh'),
  rnn_relu_cell: rnnCell('Relu'),
};
