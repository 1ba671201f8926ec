import { strict as assert } from 'node:assert';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { packedShapes } from '../../../src/graph/packedShapes.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32, int64 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';

const EMPTY: Graph = {
  opset: 17,
  irVersion: 8,
  producer: 'test',
  nodes: [],
  constants: new Map(),
  inputs: [{ name: 'x', dtype: 'float32', dims: ['N', 3, 4] }],
  outputs: [{ name: 'y', dtype: 'float32', dims: [] }],
};

describe('packed shapes', () => {
  it('of several groups, of scalars and of empty tensors are those of the tensors', async () => {
    const builder = new GraphBuilder(EMPTY);
    const expected = new Map<string, number[]>();
    for (let i = 0; i < 100; i++) {
      expected.set(builder.slice('x', [1], [0], [i % 4], [1]), [2, i % 4, 4]);
      expected.set(builder.reduce('ReduceSum', 'x', [0, 1, 2], false), []);
      expected.set(builder.constant(int64([i], new Array(i).fill(0))), [i]);
    }
    const shapes = packedShapes(builder, [...expected.keys()]);
    assert.equal(shapes.outputs.length, 10);
    const runtime = await openOnnxRuntimeWeb();
    const session = await runtime.load(builder.build(shapes.outputs), { optimize: false });
    const seen = shapes.read(await session.run({ x: float32([2, 3, 4], new Float32Array(24)) }));
    await session.dispose();
    assert.deepEqual([...seen], [...expected]);
  });

  it('are handed on along operators of one value, not along what only looks like one', async () => {
    const nodes = [
      { op: 'Relu', domain: '', name: '', inputs: ['x'], outputs: ['r'], attributes: {} },
      { op: 'Tanh', domain: '', name: '', inputs: ['r'], outputs: ['t'], attributes: {} },
      { op: 'GlobalAveragePool', domain: '', name: '', inputs: ['t'], outputs: ['g'], attributes: {} },
      { op: 'Identity', domain: '', name: '', inputs: ['g'], outputs: ['y'], attributes: {} },
    ];
    const feeds = { x: float32([2, 3, 4], new Float32Array(24)) };
    const shapes = await probeShapes({ ...EMPTY, nodes }, await openOnnxRuntimeWeb(), feeds);
    assert.deepEqual(
      ['x', 'r', 't', 'g', 'y'].map((name) => shapes.dims(name)),
      [
        [2, 3, 4],
        [2, 3, 4],
        [2, 3, 4],
        [2, 3, 1],
        [2, 3, 1],
      ],
    );
    assert.equal(shapes.batchAxis('t'), 0);
  });
});
