import { strict as assert } from 'node:assert';
import { int, ints } from '../../../src/graph/attributes.ts';
import { knownShapes } from '../../../src/graph/knownShapes.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { elementCount, float32, int64 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { type NodeText, opCase } from '../gradient/opCase.ts';

const FILLED = [[4], [3, 1], [5, 1, 1, 4], [1], [], [4, 6], [5, 1, 4, 6], [0, 4], [2, 3, 3], [6, 1, 2]];
const constants = {
  ...Object.fromEntries(
    FILLED.map((dims) => [`c${dims}`, float32(dims, new Float32Array(elementCount(dims)).fill(1))]),
  ),
  sizes: int64([2], [1, 3]),
};
const NODES: readonly NodeText[] = [
  ...['c4', 'c3,1', 'c5,1,1,4', 'c1', 'c', 'x'].flatMap((name): NodeText[] => [
    ['Add', `x ${name}`, `add${name}`],
    ['Div', `${name} x`, `div${name}`],
  ]),
  ...['x c4,6', 'x c4', 'x c5,1,4,6', 'c4 c4', 'c4 c4,6', 'c4 c5,1,4,6', 'c0,4 c4,6'].map(
    (names): NodeText => ['MatMul', names, names.replace(' ', 'by')],
  ),
  ['Mul', 'c0,4 c1', 'empty'],
  ['Less', 'x c3,1', 'less'],
  ['Max', 'c3,1 c4 c5,1,1,4', 'max'],
  ['Conv', 'x c2,3,3', 'plain'],
  ['Conv', 'x c2,3,3', 'conv', { pads: ints([2, 1]), strides: ints([2]), dilations: ints([2]) }],
  ['Conv', 'x c6,1,2', 'groups', { group: int(3), strides: ints([3]) }],
  ['Split', 'x sizes', 'left right', { axis: int(-1) }],
  ['Split', 'x', 'first second', { axis: int(2) }],
];

describe('shapes that follow', () => {
  it('are what the runtime finds: spread, multiplied, convolved, split, with vectors and empty axes', async () => {
    const { graph: one } = opCase('', [2, 3, 4], NODES, { constants });
    const made = one.nodes.flatMap((node) => node.outputs);
    const graph = { ...one, outputs: made.map((name) => ({ name, dtype: null, dims: [] })) };
    for (const node of graph.nodes)
      assert.deepEqual(
        knownShapes(node, graph.opset, graph.constants).map(({ name }) => name),
        node.outputs,
      );
    const runtime = await openOnnxRuntimeWeb();
    const feeds = { x: float32([2, 3, 4], new Float32Array(24)) };
    const session = await runtime.load(graph);
    const results = await session.run(feeds);
    await session.dispose();
    const shapes = await probeShapes(graph, runtime, feeds);
    for (const name of made) assert.deepEqual(shapes.dims(name), results[name]!.dims, name);
  });

  it('are looked at where the graph does not say them', () => {
    const nodes: NodeText[] = [
      ['Conv', 'x c2,3,3', 'same', { auto_pad: { kind: 'string', value: 'SAME_UPPER' } }],
      ['Split', 'x counted', 'c d', { axis: int(2) }],
      ['Squeeze', 'x', 'e'],
    ];
    const { nodes: all } = opCase('', [2, 3, 4], nodes).graph;
    assert.deepEqual(
      all.flatMap((node) => knownShapes(node, 17, new Map())),
      [],
    );
    const [add] = opCase('', [2, 3, 4], [['Add', 'x x', 'y']]).graph.nodes;
    assert.deepEqual(knownShapes(add!, 6, new Map()), []);
  });
});
