import assert from 'node:assert/strict';
import { int, ints } from '../../../src/graph/attributes.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph, GraphNode } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, numbers, type Tensor, tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { attribute, type NodeText, opCase } from '../gradient/opCase.ts';

const { floats } = attribute;

const nodesOf = (nodes: readonly NodeText[]) =>
  opCase('', [1], nodes).graph.nodes.map((node) => ({ ...node, name: `make ${node.outputs[0]}` }));

/** A branch that multiplies h by a number of its own. */
function branch(name: string, factor: number): Graph {
  const nodes = nodesOf([
    ['Constant', '-', `${name}_factor`, { value_floats: floats([factor]) }],
    ['Mul', `h ${name}_factor`, name],
  ]).map((node) => (node.op === 'Constant' ? { ...node, inputs: [] } : node));
  const outputs = [{ name, dtype: 'float32', dims: [] }] as const;
  return { ...opCase('', [1], []).graph, inputs: [], constants: new Map(), nodes, outputs };
}

/** x [N, 3, 8] → Relu → If → mean over time. */
function withIf(condition: readonly NodeText[], constants: Readonly<Record<string, Tensor>>): Graph {
  const choice: GraphNode = {
    op: 'If',
    domain: '',
    name: 'choice',
    inputs: ['condition'],
    outputs: ['z'],
    attributes: {
      then_branch: { kind: 'graph', value: branch('two', 2) },
      else_branch: { kind: 'graph', value: branch('three', 3) },
    },
  };
  const before = nodesOf([['Relu', 'x', 'h'], ...condition]);
  const after = nodesOf([['ReduceMean', 'z', 'y', { axes: ints([2]), keepdims: int(0) }]]);
  return {
    ...opCase('', [2, 3, 8], [], { constants }).graph,
    nodes: [...before, choice, ...after],
  };
}

const bool = (value: boolean) => tensor('bool', [], Uint8Array.of(value ? 1 : 0));

describe('an If of the model', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  const describe3 = (graph: Graph) => describeClassifier(graph, runtime, { layout: 'NFT' });

  async function answer({ graph, logits }: Classifier): Promise<number> {
    const session = await runtime.load({ ...graph, outputs: [{ name: logits, dtype: null, dims: [] }] });
    const x = float32([1, 3, 8], new Float32Array(24).fill(1));
    const found = numbers((await session.run({ x }))[logits]!)[0]!;
    await session.dispose();
    return found;
  }

  for (const [value, expected] of [
    [true, 2],
    [false, 3],
  ] as const) {
    it(`becomes the branch it takes where its condition is ${value}`, async () => {
      const found = await describe3(withIf([], { condition: bool(value) }));
      assert.ok(!found.graph.nodes.some(({ op }) => op === 'If'));
      assert.equal(await answer(found), expected);
      assert.ok(found.tracks.get('z')?.field, 'layers behind it are drawn over time');
    });
  }

  it('becomes the branch it takes where it asks for a shape', async () => {
    const asks: NodeText[] = [
      ['Shape', 'h', 'shape'],
      ['Gather', 'shape one', 'features'],
      ['Equal', 'features threefold', 'condition'],
    ];
    const integer = (value: number) => tensor('int64', [], BigInt64Array.of(BigInt(value)));
    const found = await describe3(withIf(asks, { one: integer(1), threefold: integer(3) }));
    assert.ok(!found.graph.nodes.some(({ op }) => op === 'If'));
    assert.equal(await answer(found), 2);
  });

  for (const [value, expected] of [
    [100, 3],
    [0.5, 2],
  ] as const) {
    it(`becomes a choice between both branches where it asks whether a value is above ${value}`, async () => {
      const asks: NodeText[] = [
        ['ReduceMax', 'h', 'most', { keepdims: int(0) }],
        ['Greater', 'most much', 'condition'],
      ];
      const found = await describe3(withIf(asks, { much: float32([], [value]) }));
      assert.ok(found.graph.nodes.some(({ op }) => op === 'Where'));
      assert.equal(await answer(found), expected);
      assert.equal(found.input.batch, 1, 'one answer for all instances of a run');
      assert.ok(found.tracks.get('z')?.field, 'layers behind it are drawn over time');
    });
  }
});
