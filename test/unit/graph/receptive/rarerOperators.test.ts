import assert from 'node:assert/strict';
import { zonesOf } from '../../../../src/attribution/zones.ts';
import { int, ints } from '../../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../../src/graph/builder.ts';
import { placeLayer } from '../../../../src/graph/layerAxes.ts';
import { centres } from '../../../../src/graph/receptive/field.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { int64 } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { F, type Grow, T } from './behindX.ts';
import { both } from './both.ts';
import { CASES } from './rarerCases.ts';

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
      const place = placeLayer(track, [2, F, T], { features: F, batch: 2 });
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
