import assert from 'node:assert/strict';
import { zonesOf } from '../../../src/attribution/zones.ts';
import { int, ints, text } from '../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { placeLayer } from '../../../src/graph/layerAxes.ts';
import { centres } from '../../../src/graph/receptive/field.ts';
import type { Role } from '../../../src/graph/receptive/track.ts';
import { trackTensors } from '../../../src/graph/receptive/trackTensors.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { elementCount, float32, int64 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { randomNumbers } from '../gradient/opCase.ts';
import { emptyGraph } from './smallGraph.ts';

const [F, T] = [4, 12];

/** Grows something behind x [N, F, T] and gives its name. */
type Grow = (builder: GraphBuilder) => string;

function weights(builder: GraphBuilder, dims: readonly number[]): string {
  const random = randomNumbers(dims.length);
  return builder.constant(
    float32(
      dims,
      Array.from({ length: elementCount(dims) }, () => random() + 0.1),
    ),
  );
}

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

const SERIES = ['batch', 'feature', 'time'] as const;
const CHANNELS = ['batch', 'channel', 'time'] as const;

const CASES: readonly {
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

describe('receptive field of the rarer operators', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const { what, grow, roles, everything } of CASES) {
    it(`${what}: what changing one step at a time shows`, async () => {
      const { track, seen } = await both(runtime, grow);
      assert.deepEqual(track?.roles, roles);
      const { from, to } = track.field!;
      assert.equal(track.field!.everything, everything ?? false);
      assert.deepEqual(
        Array.from(from, (first, p) => (first === to[p] ? [-1, -1] : [first, to[p]! - 1])),
        seen,
      );
    });
  }

  it('behind the operator Attention is everything, with the positions kept', async () => {
    const { track } = await both(runtime, attention, 23);
    assert.deepEqual(track?.roles, ['batch', 'time', 'channel']);
    assert.equal(track.field!.everything, true);
    assert.equal(track.field!.from.length, T);
  });

  it('behind a scatter along time is everything; places are not guessed', async () => {
    const { track } = await both(runtime, (builder) => {
      const one = builder.constant(int64([1, F, T], new Array(F * T).fill(3)));
      const at = builder.expandLike(one, 'x');
      const zeros = builder.zerosLike('x');
      return builder.add('ScatterElements', [zeros, at, 'x'], { axis: int(2) });
    });
    assert.equal(track?.field?.everything, true);
  });

  for (const [what, direction] of [
    ['from the beginning', 0],
    ['from the end', 1],
  ] as const) {
    it(`a running sum ${what} reads ever more, but stands where it stood`, async () => {
      const { track } = await both(runtime, (builder) =>
        builder.add('CumSum', ['x', axisOf(builder)], { reverse: int(direction) }),
      );
      assert.deepEqual(
        [...centres(track!.field!)],
        Array.from({ length: T }, (_, p) => p),
      );
      const place = placeLayer(track, [2, F, T], F);
      assert.ok(typeof place === 'object');
      assert.deepEqual(place.receptiveField, { size: T, jump: 1, start: 0 });
      // Two real steps: what stands behind them has read them, and stands on padding.
      const { positions } = zonesOf(
        place,
        Uint8Array.from({ length: T }, (_, t) => (t < 2 ? 1 : 0)),
      );
      assert.deepEqual(
        positions,
        Array.from({ length: T }, (_, p) => (p < 2 ? 'REAL' : direction ? 'EMPTY' : 'MIXED')),
      );
    });
  }

  it('running sums of both directions over pooled steps keep the places of the pool', async () => {
    const { track } = await both(runtime, (builder) => {
      const pooled = builder.add('MaxPool', ['x'], { kernel_shape: ints([2]), strides: ints([2]) });
      const sums = [0, 1].map((reverse) =>
        builder.add('CumSum', [pooled, axisOf(builder)], { reverse: int(reverse) }),
      );
      return builder.concat(sums, 1);
    });
    assert.deepEqual(
      [...centres(track!.field!)],
      Array.from({ length: Math.floor(T / 2) }, (_, p) => 2 * p + 0.5),
    );
  });

  it('is lost where what was merged is laid out in another way', async () => {
    const { track } = await both(runtime, (builder) => {
      const flat = builder.reshape('x', [0, F * T]);
      const turned = builder.add(
        'Gather',
        [flat, builder.ints(Array.from({ length: F * T }, (_, i) => i ^ 1))],
        {
          axis: int(1),
        },
      );
      return builder.reshape(turned, [0, F, T]);
    });
    assert.equal(track?.field, null);
  });
});

const axisOf = (builder: GraphBuilder) => builder.constant(int64([], [2]));

const attention: Grow = (builder) => {
  const sequence = builder.transpose('x', [0, 2, 1]);
  const heads = { q_num_heads: int(2), kv_num_heads: int(2) };
  return builder.add('Attention', [sequence, sequence, sequence], heads);
};

/** What is said of the tensor, and per position the first and last step that changed it (-1 where none did). */
async function both(runtime: Runtime, grow: Grow, opset = 17) {
  const builder = new GraphBuilder(emptyGraph(['N', F, T], opset));
  const y = grow(builder);
  const graph = builder.build([{ name: y, dtype: null, dims: [] }]);
  const random = randomNumbers(3);
  const probe = float32([2, F, T], new Float32Array(2 * F * T).fill(1));
  const shapes = await probeShapes(graph, runtime, { x: probe });
  const { tracks } = trackTensors(graph, shapes, {
    name: 'x',
    roles: SERIES,
    steps: T,
    features: F,
  });
  const track = tracks.get(y);
  const base = Float32Array.from({ length: F * T }, random);
  const session = await runtime.load(graph, { optimize: false });
  const values = async (changed: number) => {
    const x = Float32Array.from(
      { length: 2 * F * T },
      (_, i) => base[i % (F * T)]! + (i % T === changed ? 1 : 0),
    );
    return (await session.run({ x: float32([2, F, T], x) }))[y]!;
  };
  const before = await values(-1);
  const time = track?.roles.indexOf('time') ?? -1;
  const positions = before.dims[time] ?? 0;
  const behind = elementCount(before.dims.slice(time + 1));
  const seen = Array.from({ length: positions }, () => [-1, -1] as [number, number]);
  for (let step = 0; step < T && time >= 0; step++) {
    const after = await values(step);
    for (let i = 0; i < before.data.length; i++) {
      if (Math.abs(Number(after.data[i]) - Number(before.data[i])) < 1e-6) continue;
      const range = seen[Math.floor(i / behind) % positions]!;
      if (range[0] < 0) range[0] = step;
      range[1] = step;
    }
  }
  await session.dispose();
  return { track, seen };
}
