import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { ints } from '../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../src/graph/builder.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { isLastConvolution, layerByDefault } from '../../../src/graph/layerByDefault.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { zooFolder } from '../../zoo/zoo.ts';
import { graphOf } from './smallGraph.ts';

/** What a person who has written the architecture calls its last convolution: layer, mark; null where it has none. */
const ZOO: Readonly<Record<string, readonly [layer: string, mark: string | null]>> = {
  'fcn.legacy17.onnx': ['block3', 'last conv'],
  'fcn.core.pt2': ['block3', 'last conv'],
  'xcm.legacy17.onnx': ['joined', 'last conv'],
  'xcm.core.pt2': ['joined', 'last conv'],
  'resnet.legacy17.onnx': ['stage2', 'last conv block'],
  'resnet.core.pt2': ['stage2', 'last conv block'],
  'inceptiontime.dynamo23.onnx': ['add1', 'last conv block'],
  'tcn.core.pt2': ['block2', 'last conv block'],
  'convnext.legacy17.onnx': ['block2', 'last conv block'],
  'convnext.core.pt2': ['block2', 'last conv block'],
  'lstm_fcn.aten.pt2': ['block2', 'last conv'],
  'gru.aten.pt2': ['conv', 'last conv'],
  'squeeze_excite.core.pt2': ['block2', 'last conv'],
  'encoder.aten.pt2': ['embed', 'last conv'],
  'tsit.legacy17.onnx': ['patch', 'last conv'],
  'patchtst.aten.pt2': ['layer', null],
};

const conv = (b: GraphBuilder, x: string, kernel: number) =>
  b.add('Conv', [x, b.constant(weights(3, 3, kernel))], { pads: ints([(kernel - 1) / 2, (kernel - 1) / 2]) });
const dense = (b: GraphBuilder, x: string) => b.add('MatMul', [x, b.constant(weights(3, 3))]);
const turned = (b: GraphBuilder, x: string) => b.add('Transpose', [x], { perm: ints([0, 2, 1]) });

/** Heads behind a residual block with a 1×1 shortcut that is written last. */
const HEADS: Readonly<Record<string, (b: GraphBuilder, block: string) => string>> = {
  nothing: (_, block) => block,
  'dense layers step by step': (b, block) => turned(b, dense(b, b.add('Relu', [dense(b, turned(b, block))]))),
  'the sum of two dense layers': (b, block) =>
    turned(b, b.add('Add', [dense(b, turned(b, block)), dense(b, turned(b, block))])),
  'dense layers around which steps are handed on': (b, block) =>
    turned(b, b.add('Add', [turned(b, block), dense(b, turned(b, block))])),
  attention: (b, block) => {
    const weighed = b.add('Softmax', [b.add('MatMul', [turned(b, block), block])]);
    return b.add('Add', [block, turned(b, b.add('MatMul', [weighed, turned(b, block)]))]);
  },
  'the scores of a pooling': (b, block) =>
    b.add('Mul', [block, b.add('Softmax', [b.add('Tanh', [block])], { axis: { kind: 'int', value: 2 } })]),
  'a mask': (b, block) =>
    b.add('Mul', [block, b.add('Sigmoid', [b.add('ReduceMax', ['x'], { axes: ints([1]) })])]),
};

function withHead(head: (typeof HEADS)[string]): Graph {
  return graphOf(['N', 3, 12], (b) => {
    const main = conv(b, b.add('Relu', [conv(b, 'x', 5)]), 3);
    const block = b.add('Relu', [b.add('Add', [main, conv(b, 'x', 1)])]);
    return b.add('ReduceMean', [head(b, block)], { axes: ints([2]), keepdims: { kind: 'int', value: 0 } });
  });
}

const strided = (b: GraphBuilder, x: string, kernel: number) =>
  b.add('Conv', [x, b.constant(weights(3, 3, kernel))], { strides: ints([kernel]) });
const over = (b: GraphBuilder, x: string, size: number) =>
  b.add('AveragePool', [x], { kernel_shape: ints([size]), pads: ints([size >> 1, size >> 1]) });

/** Answers [N, 3, steps] and which layer is the last of which a step of them reads more than one position. */
const BY_STEP: readonly (readonly [what: string, layer: number, grow: (b: GraphBuilder) => string])[] = [
  ['a head of one tap', 0, (b) => conv(b, b.add('Relu', [conv(b, b.add('Relu', [conv(b, 'x', 5)]), 3)]), 1)],
  ['a convolution behind one with strides', 0, (b) => conv(b, b.add('Relu', [strided(b, 'x', 4)]), 3)],
  ['a convolution with strides', 0, (b) => strided(b, b.add('Relu', [conv(b, 'x', 5)]), 4)],
  ['a mean over neighbours', 1, (b) => over(b, conv(b, b.add('Relu', [conv(b, 'x', 5)]), 3), 3)],
];

function weights(...dims: number[]) {
  return float32(
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => Math.sin(i + 1)),
  );
}

describe('the last convolution', function () {
  this.timeout(20_000);

  const described = async (graph: Graph): Promise<Classifier> =>
    describeClassifier(graph, await openOnnxRuntimeNode(), { layout: 'NFT' });

  for (const [file, [layer, mark]] of Object.entries(ZOO)) {
    it(`of ${file}: ${layer}, ${mark ?? 'since it has none'}`, async () => {
      const { layers } = await described((await loadModel(join(zooFolder, file))).graph);
      const found = layers.filter(isLastConvolution).map(({ name, marks }) => [name, marks.at(-1)]);
      assert.deepEqual(found, mark === null ? [] : [[layer, mark]]);
      assert.equal(layerByDefault(layers)?.name, layer);
    });
  }

  for (const [head, grow] of Object.entries(HEADS)) {
    it(`behind which stands ${head} is the sum its block ends in`, async () => {
      const { layers } = await described(withHead(grow));
      const found = layers.filter(isLastConvolution).map(({ kind, marks }) => [kind, marks]);
      assert.deepEqual(found, [['Add + ReLU', ['last conv block']]]);
    });
  }

  for (const [what, layer, grow] of BY_STEP) {
    it(`is taken where a step of the answer reads more of it, else one before: ${what}`, async () => {
      const { layers, values } = await described(graphOf(['N', 3, 12], grow));
      assert.equal(layerByDefault(layers, values), layers[layer]);
    });
  }

  it('is the convolution itself where functions of it stand beside each other, as the terms of a distance do', async () => {
    const beside = (others: (b: GraphBuilder, main: string) => string) =>
      graphOf(['N', 3, 12], (b) => {
        const main = conv(b, 'x', 5);
        const joined = b.concat([b.add('Neg', [main]), others(b, main)], 1);
        const distances = b.add('MatMul', [turned(b, joined), b.constant(weights(6, 4))]);
        return b.reduce('ReduceMean', b.add('Relu', [distances]), [1], false);
      });
    const last = async (graph: Graph) => (await described(graph)).layers.filter(isLastConvolution);
    const squares = beside((b, main) => b.add('Mul', [main, main]));
    const ones = beside((b, main) => b.expandLike(b.constant(weights(1, 1, 1)), main));
    for (const graph of [squares, ones]) {
      const [one] = await last(graph);
      assert.deepEqual([one!.kind, one!.shape], ['Conv 1-D', [3, 12]]);
    }
    const [both] = await last(beside((b) => conv(b, 'x', 3)));
    assert.deepEqual([both!.kind, both!.shape], ['Concat', [6, 12]]);
  });

  it('is one that a gradient comes to, where there is one', async () => {
    const withBranch = (isCut: boolean) =>
      graphOf(['N', 3, 12], (b) => {
        const main = b.add('Relu', [conv(b, 'x', 5)]);
        const step = (x: string) => b.add('Sign', [x]);
        const branch = step(conv(b, b.add('Relu', [conv(b, main, 3)]), 3));
        const pooled = [isCut ? step(main) : main, branch].map((x) =>
          b.add('ReduceMean', [x], { axes: ints([2]), keepdims: { kind: 'int', value: 0 } }),
        );
        return b.add('Add', pooled);
      });
    const { layers } = await described(withBranch(false));
    assert.deepEqual(
      layers.map(({ marks, isCut = false }) => [marks.filter((mark) => mark.includes('last')), isCut]),
      [
        [['last conv'], false],
        [[], true],
        [[], true],
      ],
    );
    assert.equal(layerByDefault(layers), layers[0]);
    // Of layers that none comes to, the last convolution as ever: a method without gradients takes it.
    const { layers: all } = await described(withBranch(true));
    assert.deepEqual(
      all.map(({ isCut }) => isCut),
      [true, true, true],
    );
    assert.equal(layerByDefault(all), all.at(-1));
  });
});
