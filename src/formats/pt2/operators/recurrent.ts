import { int, text } from '../../../graph/attributes.ts';
import { float32, type Tensor } from '../../../graph/tensor.ts';
import type { Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

/** Where ONNX's gates lie among PyTorch's: LSTM i f g o → i o f c, GRU r z n → z r h. */
const GATES: Readonly<Record<Kind, readonly number[]>> = { LSTM: [0, 3, 1, 2], GRU: [1, 0, 2], RNN: [0] };
type Kind = 'LSTM' | 'GRU' | 'RNN';

/**
 * Layers of an LSTM, GRU or RNN, one or two directions each.
 * @returns the outputs of all steps, the last state and, of an LSTM, the last cell
 */
function recurrent(lowering: Lowering, kind: Kind, activation?: string): (ProgramValue | undefined)[] {
  const { builder } = lowering;
  const isLstm = kind === 'LSTM';
  const directions = lowering.flag('bidirectional') ? 2 : 1;
  const layers = lowering.int('num_layers', 1);
  const weights = lowering.tensors('params').map((value) => {
    const known = lowering.constantOf(value);
    return known?.dtype === 'float32' ? known : lowering.refuse('its weights are computed');
  });
  const perDirection = lowering.flag('has_biases', true) ? 4 : 2;
  if (weights.length !== layers * directions * perDirection) {
    return lowering.refuse(
      'its states are projected (proj_size), or weights are missing',
      'save the program after run_decompositions(), with the length fixed',
    );
  }
  if (lowering.flag('train') && lowering.number('dropout', 0) > 0) {
    return lowering.refuse('it is in training mode', 'call model.eval() before torch.export.export');
  }
  const batchFirst = lowering.flag('batch_first');
  const input = lowering.tensor('input');
  const states = isLstm ? lowering.tensors('hx') : [lowering.tensor('hx')];
  let x = batchFirst ? builder.transpose(input.tensor, [1, 0, 2]) : input.tensor;
  const last: string[][] = [];
  for (let layer = 0; layer < layers; layer++) {
    const own = weights.slice(layer * directions * perDirection, (layer + 1) * directions * perDirection);
    const stacks = directionStacks(own, directions, perDirection, GATES[kind]);
    const hidden = own[1]!.dims[1]!;
    const initial = states.map((state) => initialState(lowering, state, layer, directions));
    const given = initial.some((name) => name !== '');
    const made = builder.addMany(
      kind,
      [
        x,
        ...stacks.map((stack) => builder.constant(stack)),
        ...(perDirection === 2 && given ? [''] : []),
        ...(given ? ['', ...initial] : []),
      ],
      isLstm ? 3 : 2,
      {
        hidden_size: int(hidden),
        direction: text(directions === 2 ? 'bidirectional' : 'forward'),
        ...(kind === 'GRU' && { linear_before_reset: int(1) }),
        ...(activation && {
          activations: { kind: 'strings', value: Array<string>(directions).fill(activation) },
        }),
      },
    );
    // [T, directions, N, H] → [T, N, directions·H]
    x =
      directions === 1
        ? builder.squeeze(made[0]!, [1])
        : builder.reshape(builder.transpose(made[0]!, [0, 2, 1, 3]), [0, 0, -1]);
    last.push(made.slice(1));
  }
  const sequence = batchFirst ? builder.transpose(x, [1, 0, 2]) : x;
  const stacked = (at: number) =>
    builder.concat(
      last.map((one) => one[at]!),
      0,
    );
  const tensors = [sequence, stacked(0), ...(isLstm ? [stacked(1)] : [])];
  return tensors.map((tensor, i) => ({ ...lowering.output(i), tensor }));
}

/** '' where it is all zeros, so that the operator's own default does. */
function initialState({ builder }: Lowering, state: ProgramValue, layer: number, directions: number): string {
  if (state.zero) return '';
  return state.dims[0] === directions
    ? state.tensor
    : builder.slice(state.tensor, [0], [layer * directions], [(layer + 1) * directions]);
}

/** W [D, G·H, I], R [D, G·H, H] and, where there are biases, B [D, 2·G·H]. */
function directionStacks(
  own: readonly Tensor[],
  directions: number,
  perDirection: number,
  gates: readonly number[],
): Tensor[] {
  const each = Array.from({ length: directions }, (_, d) =>
    own.slice(d * perDirection, (d + 1) * perDirection).map((part) => reordered(part, gates)),
  );
  const stack = (parts: readonly Float32Array[], dims: readonly number[]) => {
    const data = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      data.set(part, at);
      at += part.length;
    }
    return float32([directions, ...dims], data);
  };
  const [w, r] = own;
  const rows = w!.dims[0]!;
  return [
    stack(
      each.map((parts) => parts[0]!),
      w!.dims,
    ),
    stack(
      each.map((parts) => parts[1]!),
      r!.dims,
    ),
    ...(perDirection === 4
      ? [
          stack(
            each.flatMap((parts) => parts.slice(2)),
            [2 * rows],
          ),
        ]
      : []),
  ];
}

function reordered({ dims, data }: Tensor, gates: readonly number[]): Float32Array {
  const block = data.length / gates.length;
  const from = data as Float32Array;
  const to = new Float32Array(from.length);
  gates.forEach((gate, i) => {
    to.set(from.subarray(gate * block, (gate + 1) * block), i * block);
  });
  return dims.length ? to : from;
}

/** LSTM, GRU and RNN, of several layers and both directions. */
export const recurrentRules: LowerRules = {
  'lstm.input': (lowering) => recurrent(lowering, 'LSTM'),
  'gru.input': (lowering) => recurrent(lowering, 'GRU'),
  'rnn_tanh.input': (lowering) => recurrent(lowering, 'RNN', 'Tanh'),
  'rnn_relu.input': (lowering) => recurrent(lowering, 'RNN', 'Relu'),
};
