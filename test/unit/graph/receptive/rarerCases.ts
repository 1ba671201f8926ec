import { int, ints, text } from '../../../../src/graph/attributes.ts';
import type { Role } from '../../../../src/graph/receptive/track.ts';
import { float32, int64 } from '../../../../src/graph/tensor.ts';
import { F, type Grow, SERIES, T, weights } from './behindX.ts';

function recurrent(op: 'LSTM' | 'GRU' | 'RNN', gates: number, direction: string): Grow {
  return (builder) => {
    const sequence = builder.transpose('x', [2, 0, 1]);
    const inputs = [sequence, weights(builder, [1, gates * 3, F]), weights(builder, [1, gates * 3, 3])];
    const [y] = builder.addMany(op, inputs, 1, {
      hidden_size: int(3),
      direction: text(direction),
      // A saturated tanh would hide what is read.
      ...(op === 'RNN' ? { activations: { kind: 'strings', value: ['Relu'] } } : {}),
    });
    return builder.transpose(builder.squeeze(y!, [1]), [1, 2, 0]);
  };
}

function cumulative(attributes: { readonly reverse?: number; readonly exclusive?: number }): Grow {
  return (builder) =>
    builder.add('CumSum', ['x', builder.constant(int64([], [2]))], {
      reverse: int(attributes.reverse ?? 0),
      exclusive: int(attributes.exclusive ?? 0),
    });
}

/** Pieces of 4 steps, 2 apart, laid out [pieces, 4] or [4, pieces]. */
function pieces(turned: boolean): Grow {
  return (builder) => {
    const indices = Array.from({ length: 5 * 4 }, (_, i) =>
      turned ? (i % 5) * 2 + Math.floor(i / 5) : Math.floor(i / 4) * 2 + (i % 4),
    );
    const at = builder.constant(int64(turned ? [4, 5] : [5, 4], indices));
    return builder.add('Gather', ['x', at], { axis: int(2) });
  };
}

const CHANNELS = ['batch', 'channel', 'time'] as const;

/** Operators that are rare, and what the axes of their output are. */
export const CASES: readonly {
  readonly what: string;
  readonly grow: Grow;
  readonly roles: readonly Role[];
  /** Said to read everything, whatever was seen to. */
  readonly everything?: true;
}[] = [
  { what: 'an LSTM', grow: recurrent('LSTM', 4, 'forward'), roles: CHANNELS },
  { what: 'a GRU that runs backwards', grow: recurrent('GRU', 3, 'reverse'), roles: CHANNELS },
  { what: 'an RNN', grow: recurrent('RNN', 1, 'forward'), roles: CHANNELS },
  { what: 'a running sum', grow: cumulative({}), roles: SERIES },
  { what: 'one from the end', grow: cumulative({ reverse: 1 }), roles: SERIES },
  { what: 'one without the step itself', grow: cumulative({ exclusive: 1 }), roles: SERIES },
  {
    what: 'one from the end without the step itself',
    grow: cumulative({ reverse: 1, exclusive: 1 }),
    roles: SERIES,
  },
  { what: 'patches', grow: pieces(false), roles: ['batch', 'feature', 'time', 'channel'] },
  { what: 'patches, turned', grow: pieces(true), roles: ['batch', 'feature', 'channel', 'time'] },
  {
    what: 'each step twice, by Tile and Reshape',
    grow: (builder) => {
      const copies = builder.add('Tile', [builder.unsqueeze('x', [3]), builder.ints([1, 1, 1, 2])]);
      return builder.reshape(copies, [0, F, 2 * T]);
    },
    roles: SERIES,
  },
  {
    what: 'the series twice',
    grow: (builder) => builder.add('Tile', ['x', builder.ints([1, 1, 2])]),
    roles: SERIES,
  },
  {
    what: 'GatherND along time',
    grow: (builder) => {
      const at = builder.constant(int64([6, 1], [3, 3, 0, -1, 5, 7]));
      return builder.transpose(builder.add('GatherND', [builder.transpose('x', [2, 0, 1]), at]), [1, 2, 0]);
    },
    roles: SERIES,
  },
  {
    what: 'Einsum over features',
    grow: (builder) =>
      builder.add('Einsum', ['x', weights(builder, [3, F])], { equation: text('nft,cf->nct') }),
    roles: CHANNELS,
  },
  {
    what: 'the largest features',
    grow: (builder) => builder.addMany('TopK', ['x', builder.ints([3])], 2, { axis: int(1) })[0]!,
    roles: CHANNELS,
  },
  {
    what: 'features laid beside the instances and back',
    grow: (builder) => {
      const rows = builder.reshape('x', [-1, 1, T]);
      const conv = builder.add('Conv', [rows, weights(builder, [1, 1, 3])], { pads: ints([1, 1]) });
      return builder.reshape(conv, [-1, F, T]);
    },
    roles: SERIES,
  },
  {
    what: 'a group norm written out',
    grow: (builder) => {
      const groups = builder.reshape('x', [0, 2, -1]);
      const [one, zero] = [1, 0].map((value) => builder.constant(float32([2], [value, value])));
      return builder.reshape(builder.add('InstanceNormalization', [groups, one!, zero!]), [0, F, T]);
    },
    roles: SERIES,
    everything: true,
  },
  {
    what: 'a clip at the sum of the series',
    grow: (builder) => builder.add('Clip', ['x', builder.reduce('ReduceSum', 'x', [0, 1, 2], false)]),
    roles: SERIES,
    everything: true,
  },
  {
    what: 'attention by Einsum',
    grow: (builder) => {
      const scores = builder.add('Einsum', ['x', 'x'], { equation: text('nft,nfs->nts') });
      const shares = builder.add('Softmax', [scores], { axis: int(2) });
      return builder.add('Einsum', [shares, 'x'], { equation: text('nts,nfs->nft') });
    },
    roles: SERIES,
    everything: true,
  },
];
