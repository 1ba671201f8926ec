import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpz } from '../../../../src/data/numpy/readNpz.ts';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { numbers, type Tensor } from '../../../../src/graph/tensor.ts';
import { pickRuntime } from '../../../../src/runtime/pick.ts';
import { referenceFile } from '../../../fixtures/referenceFile.ts';
import { modelAnswers, numbersIn, tensorIn, tfjsFolder } from '../../../fixtures/tfjs/fixtures.ts';
import { refusal } from '../../refusal.ts';
import { argMax, assertClose, logitsOf, mapOf, open } from './answers.ts';

const file = (folder: string) => join(tfjsFolder, folder, 'model.json');

/** As the lists must show them: name, kind and shape. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  tcn: [
    'relu0_1 | Conv 1-D + ReLU | 8,24',
    'relu1_1 | Conv 1-D + ReLU | 8,24',
    'add1_1 | Add | 8,24',
    'relu2_1 | Conv 1-D + ReLU | 8,24',
    'add2_1 | Add | 8,24',
  ],
  image: [
    'relu6_1 | Conv 2-D + Clip | 6,3,24',
    'depthwise_1 | Conv 2-D + ReLU | 6,3,24',
    'pool_1 | Average pool 2-D | 6,3,12',
    'over_features_1 | Conv 2-D + Tanh | 5,12',
  ],
  fcn: [
    'relu1_1 | Conv 1-D + ReLU | 64,131',
    'relu2_1 | Conv 1-D + ReLU | 96,131',
    'relu3_1 | Conv 1-D + ReLU | 64,131',
  ],
  layers_residual: [
    'a_relu | Conv 1-D + BatchNorm + ReLU | 8,24',
    'b_relu | Conv 1-D + BatchNorm + ReLU | 8,24',
    'add | Add | 8,24',
    'd_relu | Conv 1-D + BatchNorm + ReLU | 8,20',
  ],
};

describe('TensorFlow.js models, against TensorFlow and TensorFlow.js', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = (await pickRuntime('auto')).runtime;
  });

  const all = [
    // TensorFlow numbers the scopes of a model that is called once more.
    ...Object.entries(modelAnswers('models.json')).map(([name, answers]) => ({
      folder: name,
      answers,
      named: (layer: string) => `${layer}_1`,
    })),
    ...Object.entries(modelAnswers('layers.json')).map(([name, answers]) => ({
      folder: `layers_${name}`,
      answers,
      named: (layer: string) => layer,
    })),
  ];
  for (const { folder, answers, named } of all) {
    it(`${folder}: logits, layers and maps`, async () => {
      const classifier = await open(file(folder), runtime);
      assert.equal(classifier.outputIs, 'softmax');
      const shown = classifier.layers.map(({ name, kind, shape }) => `${name} | ${kind} | ${shape.join()}`);
      if (LAYERS[folder]) assert.deepEqual(shown, LAYERS[folder]);
      const x = tensorIn(answers.x);
      const logits = await logitsOf(classifier, runtime, x);
      assertClose(numbers(logits), numbersIn(answers.logits), 'logits');
      for (const [layer, maps] of Object.entries(answers.maps)) {
        for (const method of ['gradcam', 'hirescam'] as const) {
          const map = await mapOf(classifier, runtime, named(layer), method, x, argMax(logits));
          assertClose(map, numbersIn(maps[method]), `${layer} ${method}`);
        }
      }
    });
  }

  it('writes no Transpose between the layers of a graph model', async () => {
    const { graph } = await loadModel(file('fcn'));
    const count = (op: string) => graph.nodes.filter((node) => node.op === op).length;
    assert.deepEqual([count('Conv'), count('Transpose'), count('Squeeze') + count('Unsqueeze')], [3, 1, 0]);
  });

  it('tells the dilated convolutions behind SpaceToBatchND', async () => {
    const { graph } = await loadModel(file('tcn'));
    const dilations = graph.nodes.flatMap(({ op, attributes }) =>
      op === 'Conv' ? [attributes.dilations?.value] : [],
    );
    assert.deepEqual(dilations, [[1], [2], [4]]);
    assert.ok(!graph.nodes.some(({ op }) => op === 'Reshape'));
  });

  it('refuses the loop of a recurrent layer and says what to convert', async () => {
    await assert.rejects(
      loadModel(file('recurrent')),
      refusal('unsupported-operator', /^model\.json: .*lstm.*control flow.*layers model.*or to ONNX\.$/),
    );
  });

  it('takes the shards into the hash and lists them', async () => {
    const { weights, hash } = await loadModel(file('fcn'));
    assert.deepEqual(
      weights,
      ['group1-shard1of2.bin', 'group1-shard2of2.bin'].map((name) => join(tfjsFolder, 'fcn', name)),
    );
    assert.match(hash, /^[0-9a-f]{64}$/);
  });
});

describe('TensorFlow.js graph models of Keras, against their references', () => {
  const MAPS = ['gradcam', 'hirescam'] as const;
  const layers: Readonly<Record<string, readonly string[]>> = {
    fcn: ['relu1', 'relu2', 'relu3'],
    xcm: [
      '2D_Activation',
      '2D_Reduced_Activation',
      '1D_Activation',
      '1D_Reduced_Activation',
      '1D_Final_Activation',
    ],
  };
  for (const [name, reference] of Object.entries(layers)) {
    it(`${name}: every instance, both classes`, async () => {
      const { runtime } = await pickRuntime('auto');
      const archive = readNpz(readFileSync(referenceFile(`keras_${name}_content.ref.npz`)), name);
      const read = (key: string) => archive.get(key) as Tensor;
      const classifier = await open(file(name), runtime);
      const x = read('x');
      assertClose(numbers(await logitsOf(classifier, runtime, x)), numbers(read('logits')), 'logits');
      const targets = numbers(read('targets'));
      for (const layer of reference) {
        for (const method of MAPS) {
          const wanted = read(`${layer}|${method}`);
          const width = wanted.data.length / targets.length;
          for (const column of [0, 1]) {
            const classes = targets.filter((_, i) => i % 2 === column);
            const map = await mapOf(classifier, runtime, `${layer}_1`, method, x, classes);
            const values = numbers(wanted).filter((_, i) => Math.floor(i / width) % 2 === column);
            assertClose(map, values, `${layer}|${method}, column ${column}`);
          }
        }
      }
    });
  }
});
