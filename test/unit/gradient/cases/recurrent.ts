import type { Attribute, Attributes } from '../../../../src/graph/graph.ts';
import type { Tensor } from '../../../../src/graph/tensor.ts';
import { attribute, type NodeText, type OpCase, opCase, weights } from '../opCase.ts';

const { int, ints, floats, text } = attribute;
const [N, T, I, H] = [2, 5, 3, 4];
const GATES: Readonly<Record<string, number>> = { LSTM: 4, GRU: 3, RNN: 1 };
const names = (...value: string[]): Attribute => ({ kind: 'strings', value });

interface Options {
  readonly direction?: 'forward' | 'reverse' | 'bidirectional';
  readonly attributes?: Attributes;
  readonly lengths?: readonly number[];
  readonly bias?: boolean;
  /** Initial states made of x. */
  readonly states?: boolean;
  /** Which outputs are read: Y, the last state, the last cell. */
  readonly reads?: readonly ('Y' | 'H' | 'C')[];
  readonly opset?: number;
  /** Weights where no kink of a piecewise activation lies between two differences. */
  readonly seed?: number;
}

/** x [N, T, I], turned to time first, through the operator to the sum of what is read of it. */
function recurrent(op: string, options: Options = {}): OpCase {
  const { direction = 'forward', attributes = {}, lengths, bias = true, states = false, seed = 0 } = options;
  const reads = options.reads ?? ['Y'];
  const both = direction === 'bidirectional' ? 2 : 1;
  const gates = GATES[op]!;
  const constants: Record<string, Tensor> = {
    w: weights([both, gates * H, I], seed + 1),
    r: weights([both, gates * H, H], seed + 2),
    b: weights([both, 2 * gates * H], seed + 3),
    turn: weights([I, H], 4),
    turnCell: weights([I, H], 5),
    ...(lengths ? { len: { dtype: 'int32', dims: [N], data: Int32Array.from(lengths) } } : {}),
  };
  const named = (read: 'Y' | 'H' | 'C') => (reads.includes(read) ? read.toLowerCase() : '-');
  const outputs = `${named('Y') === 'y' ? 'all' : '-'} ${named('H')}${op === 'LSTM' ? ` ${named('C')}` : ''}`;
  const inputs = ['s', 'w', 'r', bias ? 'b' : '-', lengths ? 'len' : '-', states ? 'h0' : '-'];
  if (op === 'LSTM') inputs.push(states ? 'c0' : '-');
  const initial: NodeText[] = [
    ['ReduceMean', 'x', 'mean', { axes: ints([1]), keepdims: int(0) }],
    ['MatMul', 'mean turn', 'h1'],
    ['MatMul', 'mean turnCell', 'c1'],
    ...(['h', 'c'] as const).map(
      (name): NodeText =>
        (options.opset ?? 17) < 13
          ? ['Unsqueeze', `${name}1`, `${name}2`, { axes: ints([0]) }]
          : ['Unsqueeze', `${name}1 zero`, `${name}2`],
    ),
    ...(['h', 'c'] as const).map(
      (name): NodeText => [
        'Concat',
        new Array(both).fill(`${name}2`).join(' '),
        `${name}0`,
        { axis: int(0) },
      ],
    ),
  ];
  const said = [
    op,
    direction,
    ...Object.entries(attributes).map(([key, { value }]) => `${key}=${String(value)}`),
    ...(lengths ? [`lengths ${lengths}`] : []),
    ...(states ? ['initial states'] : []),
    ...(bias ? [] : ['no bias']),
    `reads ${reads}`,
  ];
  return opCase(
    said.join(' '),
    [N, T, I],
    [
      ['Transpose', 'x', 's', { perm: ints([1, 0, 2]) }],
      ...(states ? initial : []),
      [op, inputs.join(' '), outputs, { hidden_size: int(H), direction: text(direction), ...attributes }],
      ...reads.flatMap((read): NodeText[] => {
        if (read === 'Y') return [];
        return [['Mul', `${read.toLowerCase()} ${read.toLowerCase()}`, `${read}2`]];
      }),
      ['Identity', reads.includes('Y') ? 'all' : `${reads[0]}2`, 'first'],
      reads.length > 1 ? ['Add', `first ${reads[1]}2`, 'y'] : ['Identity', 'first', 'y'],
    ],
    {
      constants: { ...constants, zero: { dtype: 'int64', dims: [1], data: BigInt64Array.of(0n) } },
      ...(options.opset === undefined ? {} : { opset: options.opset }),
      ...(lengths ? { fixedBatch: true } : {}),
    },
  );
}

const activations = (...value: string[]) => ({ activations: names(...value) });

export const recurrentCases: OpCase[] = [
  ...['LSTM', 'GRU', 'RNN'].flatMap((op) => [
    ...(['forward', 'reverse', 'bidirectional'] as const).map((direction) => recurrent(op, { direction })),
    ...(['forward', 'reverse', 'bidirectional'] as const).map((direction) =>
      recurrent(op, { direction, lengths: [3, 5], states: true, reads: ['Y', 'H'] }),
    ),
    recurrent(op, { bias: false, opset: 9 }),
    recurrent(op, { states: true, reads: ['H'], direction: 'bidirectional', opset: 11 }),
    recurrent(op, { lengths: [1, 4], reads: ['H'], direction: 'reverse' }),
  ]),
  recurrent('LSTM', { reads: ['C'], states: true, lengths: [2, 5] }),
  recurrent('LSTM', { reads: ['Y', 'C'], direction: 'bidirectional' }),
  recurrent('LSTM', { attributes: activations('HardSigmoid', 'Relu', 'Sigmoid') }),
  recurrent('LSTM', {
    attributes: {
      ...activations('HardSigmoid', 'Tanh', 'Tanh', 'Sigmoid', 'Tanh', 'Relu'),
      activation_alpha: floats([0.1]),
      activation_beta: floats([0.4]),
    },
    direction: 'bidirectional',
    seed: 4,
  }),
  ...(['forward', 'bidirectional'] as const).flatMap((direction) =>
    [undefined, [2, 5]].map((lengths) =>
      recurrent('GRU', {
        direction,
        attributes: { linear_before_reset: int(1) },
        states: true,
        ...(lengths ? { lengths } : {}),
      }),
    ),
  ),
  recurrent('RNN', { attributes: activations('Relu'), seed: 4 }),
];
