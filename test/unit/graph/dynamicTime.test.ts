import assert from 'node:assert/strict';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { withDynamicTime } from '../../../src/graph/dynamicTime.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { attribute, type NodeText, opCase, scalar, vector, weights } from '../gradient/opCase.ts';

const { int, ints } = attribute;
const [F, T] = [3, 24];
type Constants = NonNullable<Parameters<typeof opCase>[3]>['constants'];

function fixed(nodes: readonly NodeText[], constants: Constants = {}): Graph {
  return opCase('', [2, F, T], nodes, { constants }).graph;
}
const free = (graph: Graph, steps = T) => withDynamicTime(graph, { name: 'x', timeAxis: 2 }, steps);
const tie = (graph: Graph) => {
  const found = free(graph);
  assert.equal(typeof found, 'string', 'nothing ties the graph');
  return found as string;
};

const conv: readonly NodeText[] = [
  ['Conv', 'x w1 b1', 'c', { pads: ints([1, 1]) }],
  ['Relu', 'c', 'r'],
];
const weightsOf = { w1: weights([4, F, 3], 1), b1: weights([4], 2) };
const head = { w: weights([2, 4], 5), b: weights([2], 6) };

describe('a time axis of free length', () => {
  it('is what a pooled network gets, and it runs at any length', async () => {
    const graph = fixed(
      [
        ...conv,
        ['GlobalAveragePool', 'r', 'p'],
        ['Flatten', 'p', 'v'],
        ['Gemm', 'v w b', 'y', { transB: int(1) }],
      ],
      { ...weightsOf, ...head },
    );
    const found = free(graph);
    assert.ok(typeof found !== 'string');
    assert.deepEqual(found.inputs[0]!.dims, ['batch', F, 'time']);
    const session = await (await openOnnxRuntimeNode()).load(found);
    for (const steps of [5, T, 2 * T]) {
      const { y } = await session.run({ x: float32([1, F, steps], new Float32Array(F * steps).fill(1)) });
      assert.deepEqual(y!.dims, [1, 2]);
    }
  });

  it('is left alone where it is free already', () => {
    const graph = fixed([['Relu', 'x', 'y']]);
    const open = { ...graph, inputs: [{ ...graph.inputs[0]!, dims: ['batch', F, 'steps'] }] };
    assert.equal(free(open), open);
  });

  const ties: Readonly<Record<string, readonly [op: string, readonly NodeText[], Constants]>> = {
    'a Reshape to T': ['Reshape', [['Reshape', 'x to', 'y']], { to: vector(-1, 1, F, T) }],
    'a Slice up to T': [
      'Slice',
      [['Slice', 'x from to axis', 'y']],
      { from: vector(1), to: vector(T), axis: vector(2) },
    ],
    'an Expand to T': ['Expand', [['Expand', 'x to', 'y']], { to: vector(1, F, T) }],
    'a Split that ends in T': ['Split', [['Split', 'x parts', 'y', { axis: int(2) }]], { parts: vector(T) }],
    'a sum divided by T': [
      'Div',
      [
        ['ReduceSum', 'x axis', 's', { keepdims: int(0) }],
        ['Div', 's count', 'y'],
      ],
      { axis: vector(2), count: scalar(T) },
    ],
    'a sum times 1/T': [
      'Mul',
      [
        ['ReduceSum', 'x axis', 's', { keepdims: int(0) }],
        ['Mul', 's share', 'y'],
      ],
      { axis: vector(2), share: scalar(1 / T) },
    ],
  };
  for (const [what, [op, nodes, constants]] of Object.entries(ties)) {
    it(`is refused by name for ${what}`, () => {
      assert.match(
        tie(fixed(nodes, constants)),
        new RegExp(`^${op} ".+" has the length ${T} written into it`),
      );
    });
  }

  it('is not refused for numbers that only happen to stand beside, nor for dead ends', () => {
    // T as one of many values of a scale, and a Reshape that nothing reads.
    const scaled = fixed([['Mul', 'x w', 'y']], { w: float32([3, 1], [T, 1, 1 / T]) });
    assert.ok(typeof free(scaled) !== 'string');
    const dead = fixed(
      [
        ['Relu', 'x', 'y'],
        ['Reshape', 'x to', 'z'],
      ],
      { to: vector(-1, F * T, 1) },
    );
    assert.ok(typeof free(dead) !== 'string');
  });

  it('reads constants of nodes like those of the file', () => {
    const builder = new GraphBuilder(fixed([['Relu', 'x', 'r']]));
    builder.rename(builder.reshape('r', [0, F, T]), 'y');
    const graph = builder.build([{ name: 'y', dtype: 'float32', dims: [] }]);
    assert.match(tie(graph), /^Reshape/);
  });
});
