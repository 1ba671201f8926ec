import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { type Classifier, describeClassifier } from '../../../../src/graph/classifier.ts';
import type { Graph } from '../../../../src/graph/graph.ts';
import { layerOrTensor } from '../../../../src/graph/layerOrTensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';

const file = join(import.meta.dirname, '../../../fixtures/pt2/several_outputs.pt2');

describe('modules of a program that give several tensors', () => {
  let graph: Graph;
  let classifier: Classifier;
  const described = async (given: Graph) =>
    describeClassifier(given, await openOnnxRuntimeNode(), { layout: 'NFT', steps: 24 });
  before(async () => {
    ({ graph } = await loadModel(file));
    classifier = await described(graph);
  });

  it('are layers by their paths, each call by its own', () => {
    const names = classifier.layers.map(({ name }) => name);
    assert.deepEqual(names, ['embed', 'attn', 'linear2', 'add1', 'pair', 'pair#2']);
    assert.deepEqual(layerOrTensor(classifier, 'pair.conv#2').shape, [8, 24]);
  });

  it('say which of their tensors a name stands for', () => {
    assert.equal(
      layerOrTensor(classifier, 'attn').note,
      'The module "attn" gives 2 tensors over time, attn, attn#2; this is attn.',
    );
    assert.equal(
      layerOrTensor(classifier, 'pair#2').note,
      'The module "pair" is called 2 times and gives 2 tensors over time, pair, pair#2; this is pair#2.',
    );
    assert.deepEqual(layerOrTensor(classifier, 'attn#2').shape, [24, 24]);
    assert.equal(layerOrTensor(classifier, 'embed').note, undefined);
  });

  it('are asked about where an optimiser may have merged nodes of others into them', async () => {
    const { traced: _, ...merged } = graph;
    const found = await described(merged);
    assert.throws(() => layerOrTensor(found, 'pair'), {
      code: 'unknown-layer',
      message:
        'The module "pair" gives several tensors over time, and the file does not say which is its output: ask for one of them, pair/Relu_70:0, pair@1/Relu_74:0.',
    });
    assert.equal(layerOrTensor(found, 'attn').note, undefined);
  });

  it('are named in full where there is no such layer', () => {
    assert.throws(() => layerOrTensor(classifier, 'pair#3'), {
      code: 'unknown-layer',
      message:
        'The model has no layer or tensor "pair#3"; its layers are embed, attn, linear2, add1, pair, pair#2.',
    });
  });
});
