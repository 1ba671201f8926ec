import assert from 'node:assert/strict';
import type { Graph, GraphNode } from '../../../src/graph/graph.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { loadsSlowly } from '../../../src/runtime/fixedSizes.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';

/** x + 1 + 1 + … */
function chain(length: number): Graph {
  const nodes = Array.from(
    { length },
    (_, i): GraphNode => ({
      ...{ op: 'Add', domain: '', name: `add${i}`, attributes: {} },
      inputs: [i === 0 ? 'x' : `y${i}`, 'one'],
      outputs: [`y${i + 1}`],
    }),
  );
  return {
    ...{ opset: 18, irVersion: 8, producer: 'test', nodes, constants: new Map([['one', float32([], [1])]]) },
    inputs: [{ name: 'x', dtype: 'float32', dims: ['batch', 2] }],
    outputs: [{ name: `y${length}`, dtype: 'float32', dims: ['batch', 2] }],
  };
}

describe('graphs of thousands of nodes', () => {
  it('are loaded for the sizes they are fed, and run in any', async () => {
    const graph = chain(2600);
    assert.ok(loadsSlowly(graph) && !loadsSlowly(chain(30)));
    const session = await (await openOnnxRuntimeNode()).load(graph);
    for (const rows of [3, 1, 3]) {
      const { y2600 } = await session.run({ x: float32([rows, 2], new Float32Array(rows * 2).fill(1)) });
      assert.deepEqual([y2600?.dims, y2600?.data[rows * 2 - 1]], [[rows, 2], 2601]);
    }
    await session.dispose();
  });

  it('are refused when they run where they cannot', async () => {
    const graph = chain(2600);
    const nodes = graph.nodes.with(7, { ...graph.nodes[7]!, op: 'NoSuchOperator' });
    const session = await (await openOnnxRuntimeNode()).load({ ...graph, nodes });
    await assert.rejects(session.run({ x: float32([1, 2], [1, 2]) }), { code: 'model-refused' });
    await session.dispose();
  });
});
