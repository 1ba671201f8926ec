import assert from 'node:assert/strict';
import { float, int, text } from '../../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { behindUnknown, emptyGraph } from '../smallGraph.ts';
import { CHANNELS, type Grow, STEPS, weights } from './grow.ts';
import { track } from './track.ts';

describe('receptive field behind an operator', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  const everywhere: Record<string, Grow> = {
    'instance normalisation': (builder, x) =>
      builder.add('InstanceNormalization', [
        x,
        builder.constant(float32([CHANNELS], [1, 1])),
        builder.constant(float32([CHANNELS], [0, 0])),
      ]),
    'softmax over time': (builder, x) => builder.add('Softmax', [x], { axis: int(2) }),
    'a gate after global pooling': (builder, x) =>
      builder.add('Mul', [x, builder.add('Sigmoid', [builder.add('GlobalAveragePool', [x])])]),
    attention: (builder, x) => {
      const scores = builder.add('MatMul', [builder.transpose(x, [0, 2, 1]), x]);
      const turned = builder.transpose(x, [0, 2, 1]);
      return builder.transpose(
        builder.add('MatMul', [builder.add('Softmax', [scores], { axis: int(2) }), turned]),
        [0, 2, 1],
      );
    },
    'a recurrent layer': (builder, x) => {
      const sequence = builder.transpose(x, [2, 0, 1]);
      const [y] = builder.addMany(
        'GRU',
        [sequence, weights(builder, [2, 6, CHANNELS]), weights(builder, [2, 6, 2])],
        2,
        { hidden_size: int(2), direction: text('bidirectional') },
      );
      const last = builder.reduce('ReduceSum', y!, [1], false);
      return builder.transpose(last, [1, 2, 0]);
    },
  };

  for (const [what, grow] of Object.entries(everywhere)) {
    it(`is everything behind ${what}, with the positions kept`, async () => {
      const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
      const found = await track(runtime, builder, grow(builder, 'x'));
      assert.equal(found?.roles[2], 'time');
      assert.equal(found.field?.everything, true);
      assert.equal(found.field.from.length, STEPS);
    });
  }

  const local: Record<string, Grow> = {
    'layer normalisation over channels': (builder, x) => {
      const turned = builder.transpose(x, [0, 2, 1]);
      const scale = builder.constant(float32([CHANNELS], [1, 2]));
      return builder.transpose(builder.add('LayerNormalization', [turned, scale]), [0, 2, 1]);
    },
    'channels turned by the angles of their step': (builder, x) => {
      const angles = [0, 1].map((shift) => {
        const values = Array.from({ length: STEPS }, (_, i) => Math.sin(i + shift));
        const instances = builder.add('Shape', [x], { start: int(0), end: int(1) });
        const size = builder.concat([instances, builder.ints([STEPS, 1])], 0);
        return builder.add('Expand', [builder.constant(float32([1, STEPS, 1], values)), size]);
      });
      const turned = [builder.transpose(x, [0, 2, 1]), ...angles];
      return builder.transpose(builder.add('RotaryEmbedding', turned, { num_heads: int(1) }), [0, 2, 1]);
    },
    'softmax over channels': (builder, x) => builder.add('Softmax', [x], { axis: int(1) }),
    'batch normalisation': (builder, x) => {
      const vector = (value: number) => builder.constant(float32([CHANNELS], [value, value]));
      return builder.add('BatchNormalization', [x, vector(2), vector(1), vector(0), vector(3)], {
        epsilon: float(1e-5),
      });
    },
  };

  for (const [what, grow] of Object.entries(local)) {
    it(`stays where it is behind ${what}`, async () => {
      const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS], 23));
      const found = await track(runtime, builder, grow(builder, 'x'));
      assert.deepEqual(
        [...found!.field!.from],
        Array.from({ length: STEPS }, (_, p) => p),
      );
      assert.equal(found!.field!.everything, false);
    });
  }

  it('is not told behind an operator nothing is known about', async () => {
    const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
    const y = behindUnknown(builder, 'x', STEPS);
    assert.equal((await track(runtime, builder, y))?.field, null);
  });
});
