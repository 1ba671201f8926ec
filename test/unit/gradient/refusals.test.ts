import assert from 'node:assert/strict';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { appendGradient } from '../../../src/graph/gradient/appendGradient.ts';
import type { Graph, GraphNode } from '../../../src/graph/graph.ts';
import type { Shapes } from '../../../src/graph/shapes.ts';
import { Refusal } from '../../../src/refusal.ts';
import { trainingGraph } from '../../../src/training/trainingGraph.ts';
import { attribute, type CaseOptions, type NodeText, opCase, scalar, vector, weights } from './opCase.ts';

const { float, int, ints, text } = attribute;

/** All tensors of one shape: enough where the gradient is refused before shapes matter. */
const shapes: Shapes = {
  outputs: {},
  batch: 2,
  dims: () => [2, 3, 8],
  batchAxis: () => 0,
  integers: () => undefined,
  moves: () => true,
  lengths: () => new Map(),
};

function gradient(graph: Graph, at = 'x') {
  const builder = new GraphBuilder(graph);
  const seed = builder.input({ name: 'seed', dtype: 'float32', dims: [null, null, null] });
  return appendGradient(builder, { shapes, from: { tensor: 'y', gradient: seed }, at });
}

function refused(nodes: readonly NodeText[], options: CaseOptions, code: string, said: RegExp) {
  assert.throws(
    () => gradient(opCase('', [2, 3, 8], nodes, options).graph),
    (error) => error instanceof Refusal && error.code === code && said.test(error.message),
  );
}

describe('gradient refusals', () => {
  it('name the operator, its node and what still works', () => {
    refused(
      [
        ['Relu', 'x', 'a'],
        ['DFT', 'a w r', 'y'],
      ],
      {},
      'unsupported-operator',
      /DFT \(node "node1"\).*later layer/,
    );
  });

  it('say of weights that they cannot be trained, not to explain another layer', () => {
    const constants = { k: weights([3, 3, 1]) };
    const training = (...nodes: NodeText[]) => {
      const { graph } = opCase('', [2, 3, 8], [['Conv', 'x k', 'a'], ...nodes], { constants });
      const model = { graph, shapes, tracks: new Map(), logits: 'y', outputIs: 'logits' } as const;
      return () => trainingGraph(model);
    };
    const saying = (code: string, sentence: RegExp) => (error: unknown) =>
      error instanceof Refusal && error.code === code && sentence.test(error.message);
    assert.throws(
      training(['Round', 'a', 'y']),
      saying(
        'nothing-to-train',
        /^k lies behind an operator .* it is\. Nothing is left that can be trained\.$/,
      ),
    );
    assert.throws(
      training(['Det', 'a', 'y']),
      saying('unsupported-operator', /Det.* So not all of the model's weights can be trained\.$/),
    );
  });

  it('name every unknown operator once', () => {
    refused(
      [
        ['DFT', 'x w r', 'a'],
        ['DFT', 'a w r', 'b'],
        ['Loop', 'b', 'y'],
      ],
      {},
      'unsupported-operator',
      /DFT \(node "node0"\), Loop \(node "node2"\)\./,
    );
  });

  it('name the domain of foreign operators, also where ONNX has one of that name', () => {
    const { graph } = opCase('', [2, 3, 8], [['Relu', 'x', 'y']]);
    const foreign: GraphNode = { ...graph.nodes[0]!, domain: 'com.example' };
    assert.throws(() => gradient({ ...graph, nodes: [foreign] }), /com\.example\.Relu/);
  });

  it('do not come for operators beside the way to the logits', () => {
    const nodes: NodeText[] = [
      ['DFT', 'x w r', 'a'],
      ['Relu', 'x', 'b'],
      ['Add', 'a b', 'y'],
    ];
    const { graph } = opCase('', [2, 3, 8], nodes);
    assert.throws(() => gradient(graph), /DFT/);
    assert.ok(gradient(graph, 'b'));
    assert.ok(gradient(graph, 'a'));
  });

  it('come for a tensor that a subgraph takes from outside', () => {
    const inner: Graph = { ...opCase('', [1], [['Relu', 'x', 'y']]).graph, inputs: [] };
    const branches = {
      then_branch: { kind: 'graph', value: inner },
      else_branch: { kind: 'graph', value: inner },
    } as const;
    refused(
      [['If', 'flag', 'y', branches]],
      { constants: { flag: scalar(1) } },
      'unsupported-operator',
      /If/,
    );
  });

  it('come where only steps lead to the logits', () => {
    refused(
      [
        ['Floor', 'x', 'f'],
        ['Relu', 'f', 'y'],
      ],
      {},
      'no-gradient-path',
      /"x"/,
    );
    refused([['Relu', 'c', 'y']], { constants: { c: weights([2, 3, 8]) } }, 'no-gradient-path', /"x"/);
    refused(
      [
        ['MaxPool', 'x', 'm i', { kernel_shape: ints([2]) }],
        ['Cast', 'i', 'f', { to: int(1) }],
        ['Mul', 'f k', 'y', {}],
      ],
      { constants: { k: scalar(1) } },
      'no-gradient-path',
      /"x"/,
    );
  });

  for (const [what, nodes, options] of [
    [
      'reflecting pads wider than what they reflect',
      [['Pad', 'x pads', 'y', { mode: text('reflect') }]],
      { constants: { pads: vector(0, 0, 8, 0, 0, 1) } },
    ],
    [
      'a batch norm in training mode',
      [['BatchNormalization', 'x a b c d', 'y', { training_mode: int(1) }]],
      {},
    ],
    ['a pool of giant windows', [['MaxPool', 'x', 'y', { kernel_shape: ints([2000]) }]], {}],
    [
      'a dropout in training mode',
      [['Dropout', 'x r t', 'y']],
      { constants: { r: scalar(0.5), t: { dtype: 'bool', dims: [], data: Uint8Array.of(1) } } },
    ],
    ['an exponent', [['Pow', 'c x', 'y']], { constants: { c: scalar(2) } }],
    ['copied pads that are not known', [['Pad', 'x p', 'y', { mode: text('edge') }]], {}],
    ['a cast to double', [['Cast', 'x', 'y', { to: int(11) }]], {}],
    ['norms other than the first two', [['LpNormalization', 'x', 'y', { p: int(3), axis: int(1) }]], {}],
    ['cubic resizing', [['Resize', 'x', 'y', { mode: text('cubic') }]], {}],
    ['a scatter that multiplies', [['ScatterND', 'x i u', 'y', { reduction: text('mul') }]], { opset: 18 }],
    [
      'attention with shared keys',
      [['Attention', 'x x x', 'y', { q_num_heads: int(4), kv_num_heads: int(2) }]],
      { opset: 23 },
    ],
    [
      'a turn by angles of the series',
      [['RotaryEmbedding', 'c x x', 'y', { num_heads: int(1) }]],
      { opset: 23, constants: { c: weights([2, 3, 16]) }, fixedBatch: true },
    ],
    ['attention with a cap', [['Attention', 'x x x', 'y', { softcap: float(2) }]], { opset: 23 }],
    [
      'a clip whose bound is made of the layer',
      [['Clip', 'c x', 'y']],
      { constants: { c: weights([2, 3, 8]) } },
    ],
    ['an LSTM with peepholes', [['LSTM', 'x w r - - - - p', 'y', { hidden_size: int(2) }]], {}],
    ['a GRU that clips', [['GRU', 'x w r', 'y', { hidden_size: int(2), clip: float(3) }]], {}],
    ['an LSTM with coupled gates', [['LSTM', 'x w r', 'y', { input_forget: int(1) }]], {}],
    ['an RNN with instances first', [['RNN', 'x w r', 'y', { layout: int(1) }]], {}],
    ['a recurrence over the instances', [['RNN', 'x w r', 'y']], {}],
  ] as readonly [string, readonly NodeText[], CaseOptions][]) {
    it(`come for ${what}`, () => {
      refused(nodes, options, 'unsupported-operator', /The gradient cannot be taken through/);
    });
  }
});
