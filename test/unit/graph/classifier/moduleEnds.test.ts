import assert from 'node:assert/strict';
import { int, ints } from '../../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import { describeClassifier } from '../../../../src/graph/classifier.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';

const STEPS = 12;
const weights = (...dims: number[]) =>
  float32(
    dims,
    Array.from({ length: dims.reduce((product, dim) => product * dim, 1) }, (_, i) => Math.sin(i + 1)),
  );

/** conv `e` → what `write` appends behind it in the model's own code → mean over time → head. */
async function layersOf(write: (builder: GraphBuilder, conv: string) => string) {
  const empty = { opset: 17, irVersion: 8, producer: 'pytorch', constants: new Map(), outputs: [] };
  const builder = new GraphBuilder({ ...empty, nodes: [], inputs: [], traced: true }, '');
  builder.input({ name: 'x', dtype: 'float32', dims: ['batch', 3, STEPS] });
  builder.scope = 'e';
  const conv = builder.add('Conv', ['x', builder.constant(weights(4, 3, 3))], { pads: ints([1, 1]) });
  builder.scope = '';
  const written = write(builder, conv);
  builder.scope = 'c';
  const kernel = builder.constant(weights(4, 4, 1));
  const last = builder.add('Conv', [written, kernel]);
  builder.scope = '';
  const mean = builder.reduce('ReduceMean', last, [2], false);
  const logits = builder.add('Gemm', [mean, builder.constant(weights(4, 3))]);
  const graph = builder.build([{ name: logits, dtype: 'float32', dims: ['batch', 3] }]);
  const { layers } = await describeClassifier(graph, await openOnnxRuntimeNode(), { layout: 'NFT' });
  return { conv, written, at: (name: string) => layers.find((layer) => layer.name === name)?.tensor, layers };
}

describe('a layer with the path of a module', () => {
  it('ends where the model adds an encoding of positions that it looks up', async () => {
    const { conv, at } = await layersOf((builder, tensor) => {
      const table = builder.constant(weights(4, 2 * STEPS));
      const places = builder.ints(Array.from({ length: STEPS }, (_, i) => i));
      return builder.add('Add', [tensor, builder.add('Gather', [table, places], { axis: int(1) })]);
    });
    assert.equal(at('e'), conv);
  });

  it('ends where the model scales its channels or begins a sum at 0', async () => {
    for (const [op, factor] of [
      ['Mul', weights(4, 1)],
      ['Add', float32([], [0])],
    ] as const) {
      const { conv, at } = await layersOf((builder, tensor) =>
        builder.add(op, [tensor, builder.constant(factor)]),
      );
      assert.equal(at('e'), conv, op);
    }
  });

  it('holds the bias that its module adds, and a scale in a module beside it is a part', async () => {
    const scaled = (scope: string) => (builder: GraphBuilder, tensor: string) => {
      builder.scope = scope;
      return builder.add('Mul', [tensor, builder.constant(weights(4, 1))]);
    };
    const inside = await layersOf(scaled('e'));
    assert.equal(inside.at('e'), inside.written);
    const beside = await layersOf(scaled('scale'));
    assert.equal(beside.at('scale'), beside.written);
  });
});
