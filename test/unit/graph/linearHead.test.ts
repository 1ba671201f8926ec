import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { linearHead } from '../../../src/graph/linearHead.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { attribute, type NodeText, opCase, scalar, vector, weights } from '../gradient/opCase.ts';

const { int, ints } = attribute;
const conv: readonly NodeText[] = [
  ['Conv', 'x w1 b1', 'c', { pads: ints([1, 1]) }],
  ['Relu', 'c', 'r'],
];
const gemm: NodeText = ['Gemm', 'p w b', 'y', { transB: int(1) }];
const constants = {
  w1: weights([4, 3, 3], 1),
  b1: weights([4], 2),
  w: weights([2, 4], 5),
  b: weights([2], 6),
  axis: vector(2),
  count: scalar(12),
  to: vector(-1, 4),
};
const graphOf = (...nodes: readonly NodeText[]): Graph => opCase('', [2, 3, 12], nodes, { constants }).graph;
const mean: NodeText = ['ReduceMean', 'r', 'p', { axes: ints([2]), keepdims: int(0) }];

describe('linear head', () => {
  const heads: Readonly<Record<string, readonly NodeText[]>> = {
    'a mean and a linear layer': [...conv, mean, gemm],
    'global pooling, flattened': [...conv, ['GlobalAveragePool', 'r', 'g'], ['Flatten', 'g', 'p'], gemm],
    'a sum divided by the steps, reshaped': [
      ...conv,
      ['ReduceSum', 'r axis', 's', { keepdims: int(0) }],
      ['Div', 's count', 'd'],
      ['Reshape', 'd to', 'p'],
      gemm,
    ],
  };
  for (const [what, nodes] of Object.entries(heads)) {
    it(`is found behind ${what}, and is the model's own from there on`, async () => {
      const graph = graphOf(...nodes);
      const head = linearHead(graph, 'y');
      assert.ok(typeof head !== 'string', String(head));
      assert.equal(head.tensor, 'r');
      const runtime = await openOnnxRuntimeNode();
      const x = float32(
        [2, 3, 12],
        Array.from({ length: 72 }, (_, i) => Math.sin(i)),
      );
      const outputs = ['r', 'y'].map((name) => ({ name, dtype: 'float32', dims: [] }) as const);
      const whole = await (await runtime.load({ ...graph, outputs })).run({ x });
      const alone = await (await runtime.load(head.graph)).run({ r: whole.r! });
      assert.deepEqual([...alone.y!.data], [...whole.y!.data]);
    });
  }

  const refused: Readonly<Record<string, readonly [readonly NodeText[], RegExp]>> = {
    'an activation between pooling and logits': [
      [
        ...conv,
        ['GlobalAveragePool', 'r', 'g'],
        ['Relu', 'g', 'h'],
        ['Flatten', 'h', 'f'],
        ['Gemm', 'f w b', 'y', { transB: int(1) }],
      ],
      /not pooled-linear: Relu ".+" stands between the last pooling and the output/,
    ],
    'no pooling at all': [[...conv, ['MatMul', 'r m', 'y']], /not pooled-linear: Relu ".+" stands between/],
    'two feature maps joined': [
      [
        ...conv,
        mean,
        ['ReduceMean', 'x', 'q', { axes: ints([2]), keepdims: int(0) }],
        ['Concat', 'p q', 'j', { axis: int(1) }],
        ['Gemm', 'j w5 b', 'y', { transB: int(1) }],
      ],
      /not pooled-linear: Concat/,
    ],
    'two feature maps added': [
      [
        ...conv,
        mean,
        ['ReduceMax', 'r', 'q', { axes: ints([2]), keepdims: int(0) }],
        ['Add', 'p q', 's'],
        ['Gemm', 's w b', 'y', { transB: int(1) }],
      ],
      /joins several feature maps at Add/,
    ],
    'a constant divided by the feature map': [
      [...conv, mean, ['Div', 'count p', 'd'], ['Gemm', 'd w b', 'y', { transB: int(1) }]],
      /joins several feature maps at Div/,
    ],
    'nothing but the input': [
      [
        ['ReduceMean', 'x', 'q', { axes: ints([2]), keepdims: int(0) }],
        ['Gemm', 'q w3 b', 'y', { transB: int(1) }],
      ],
      /no convolution before its logits/,
    ],
  };
  for (const [what, [nodes, sentence]] of Object.entries(refused)) {
    it(`is refused by sentence: ${what}`, () => {
      const more = { m: weights([12, 2], 7), w5: weights([2, 7], 8), w3: weights([2, 3], 9) };
      const { graph } = opCase('', [2, 3, 12], nodes, { constants: { ...constants, ...more } });
      const head = linearHead(graph, 'y');
      assert.equal(typeof head, 'string');
      assert.match(head as string, sentence);
      assert.match(head as string, /\.$/);
    });
  }

  it('takes a mean over real steps for linear, its mask told or found, and nothing that is added before it', () => {
    const counted = (by: string): readonly NodeText[] => [
      ...conv,
      mean0,
      ['ReduceMean', by, 'share', { axes: ints([1, 2]), keepdims: int(0) }],
      ['Unsqueeze', 'share one', 'n'],
    ];
    const mean0: NodeText = ['ReduceMean', 'r', 'q', { axes: ints([2]), keepdims: int(0) }];
    const more = { one: vector(1), zero: scalar(0) };
    const headOf = (nodes: readonly NodeText[], mask?: string) =>
      linearHead(opCase('', [2, 3, 12], nodes, { constants: { ...constants, ...more } }).graph, 'y', mask);
    const found: readonly NodeText[] = [
      ['Greater', 'x zero', 'more'],
      ['Cast', 'more', 'real', { to: int(1) }],
      ...counted('real'),
    ];
    const whole = headOf([...found, ['Div', 'q n', 'p'], gemm]);
    assert.ok(typeof whole !== 'string', String(whole));
    assert.equal(whole.tensor, 'r');
    assert.deepEqual(
      whole.graph.nodes.map(({ op }) => op),
      ['ReduceMean', 'Div', 'Gemm'],
    );
    assert.match(
      String(headOf([...counted('x'), ['Div', 'q n', 'p'], gemm])),
      /joins several feature maps at Div/,
    );
    assert.ok(typeof headOf([...counted('x'), ['Div', 'q n', 'p'], gemm], 'x') !== 'string');
    assert.match(
      String(headOf([...found, ['Add', 'q count', 'a'], ['Mul', 'a n', 'p'], gemm])),
      /Add ".*" adds a term before the mask is applied/,
    );
  });

  describe('of reference models', () => {
    const read = (name: string) => readOnnx(readFileSync(referenceFile(`${name}.onnx`)));
    it('LSTM-FCN joins its two branches: no split', () => {
      const graph = read('lstmfcn_content');
      assert.match(String(linearHead(graph, graph.outputs[0]!.name)), /Concat|joins several/);
    });
    for (const name of ['fcn_content', 'resnet_content', 'inceptiontime_content', 'xcm_content_w26']) {
      it(`${name} has one`, () => {
        const graph = read(name);
        assert.ok(typeof linearHead(graph, graph.outputs[0]!.name) !== 'string');
      });
    }
  });
});
