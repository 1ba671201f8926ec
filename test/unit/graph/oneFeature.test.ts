import assert from 'node:assert/strict';
import type { GraphBuilder } from '../../../src/graph/builder.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { maskedGraph } from '../../../src/graph/masking/maskedGraph.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import { withFeatureAxis, withoutFeatureAxis } from '../../../src/graph/oneFeature.ts';
import { float32, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { describeIt, head } from './classifier/head.ts';
import { graphOf } from './smallGraph.ts';

const T = 12;
const grow = (b: GraphBuilder) => head(b, b.unsqueeze('x', [1]), 1);

describe('a model of series [N, T] without an axis of features', () => {
  const series = float32(
    [2, T],
    Float32Array.from({ length: 2 * T }, (_, i) => Math.sin(i)),
  );
  const answers = async (graph: Graph, feeds: Record<string, Tensor>) => {
    const session = await (await openOnnxRuntimeNode()).load(graph);
    try {
      return [...(await session.run(feeds, ['y'])).y!.data].map(Number);
    } finally {
      await session.dispose();
    }
  };

  for (const opset of [11, 17]) {
    it(`is read as one feature, and answers the same (opset ${opset})`, async () => {
      const graph = graphOf(['N', T], grow, opset);
      const { input, layers, classes, findings } = await describeIt(graph);
      assert.deepEqual(
        [input.layout, input.features, input.steps, classes, layers[0]!.shape],
        ['NFT', 1, T, 3, [4, T]],
      );
      assert.deepEqual(
        findings.map(({ code }) => code),
        ['one-feature'],
      );
      const plain = await answers(graph, { x: series });
      const read = withFeatureAxis(graph);
      assert.deepEqual(await answers(read, { x: { ...series, dims: [2, 1, T] } }), plain);
      assert.deepEqual(await answers(withoutFeatureAxis(read), { x: series }), plain);
    });
  }

  it('is written with the input that it had, also behind a mask', async () => {
    const found = await describeIt(graphOf(['N', T], grow));
    const masked = maskedGraph(found.graph, found.tracks, { name: 'x', steps: T });
    const written = withoutFeatureAxis(masked);
    assert.deepEqual(
      written.inputs.map(({ name, dims }) => [name, dims.length]),
      [
        ['x', 2],
        [MASK_INPUT, 2],
      ],
    );
    const mask = float32([2, T], new Float32Array(2 * T).fill(1).fill(0, T - 4, T));
    const told = await answers(masked, { x: { ...series, dims: [2, 1, T] }, [MASK_INPUT]: mask });
    assert.deepEqual(await answers(written, { x: series, [MASK_INPUT]: mask }), told);
    assert.deepEqual((await describeIt(written)).input.steps, T);
  });

  it('may have any number of steps; what has an axis of features, or more inputs, stays as it is', async () => {
    assert.deepEqual((await describeIt(graphOf(['N', 'T'], grow), { steps: 20 })).input.steps, null);
    for (const graph of [
      graphOf(['N', 1, T], (b) => head(b, 'x', 1)),
      {
        ...graphOf(['N', T], grow),
        inputs: ['x', 'z'].map((name) => ({ name, dtype: 'float32', dims: ['N', T] })),
      } as Graph,
    ]) {
      assert.equal(withFeatureAxis(graph), graph);
      assert.equal(withoutFeatureAxis(graph), graph);
    }
  });
});
