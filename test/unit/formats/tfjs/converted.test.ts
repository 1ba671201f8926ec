import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readNpz } from '../../../../src/data/numpy/readNpz.ts';
import { readHdf5 } from '../../../../src/formats/keras/hdf5.ts';
import { readTfjs } from '../../../../src/formats/tfjs/readTfjs.ts';
import { describeClassifier } from '../../../../src/graph/classifier.ts';
import { numbers, type Tensor } from '../../../../src/graph/tensor.ts';
import { pickRuntime } from '../../../../src/runtime/pick.ts';
import { referenceFile } from '../../../fixtures/referenceFile.ts';
import { assertClose, logitsOf, mapOf } from './answers.ts';

/** The files tensorflowjs_converter makes of a legacy .h5: its configuration, its weights under their own names. */
function layersModel(h5: Uint8Array): {
  readonly json: Uint8Array;
  readonly shards: Map<string, Uint8Array>;
} {
  return readHdf5(h5, (root) => {
    const all = root.group('model_weights')!;
    const weights = (all.texts('layer_names') ?? []).flatMap((layer) => {
      const group = all.group(layer)!;
      return (group.texts('weight_names') ?? []).map((name) => ({ name, tensor: group.tensor(name)! }));
    });
    const bytes = Buffer.concat(
      weights.map(({ tensor: { data } }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    );
    const half = Math.floor(bytes.length / 2) + 1;
    const model = {
      format: 'layers-model',
      convertedBy: 'TensorFlow.js Converter v4.22.0',
      modelTopology: {
        keras_version: root.text('keras_version'),
        backend: 'tensorflow',
        model_config: JSON.parse(root.text('model_config')!),
      },
      weightsManifest: [
        {
          paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'],
          weights: weights.map(({ name, tensor: { dims } }) => ({ name, shape: dims, dtype: 'float32' })),
        },
      ],
    };
    return {
      json: new TextEncoder().encode(JSON.stringify(model)),
      // Cut where no weight ends.
      shards: new Map([
        ['group1-shard1of2.bin', bytes.subarray(0, half)],
        ['group1-shard2of2.bin', bytes.subarray(half)],
      ]),
    };
  });
}

const LAYERS: Readonly<Record<string, readonly string[]>> = {
  keras_fcn_content: ['relu1', 'relu2', 'relu3'],
  keras_xcm_content: ['2D_Activation', '2D_Reduced_Activation', '1D_Activation', '1D_Final_Activation'],
  keras_seq_mask_content: ['lstm', 'relu1'],
  keras_lstm_mask_content: ['conv1', 'conv2'],
};

describe('TensorFlow.js layers models of Keras 3, against their references', () => {
  for (const [model, layers] of Object.entries(LAYERS)) {
    it(`${model}: every instance, both classes`, async function () {
      this.timeout(60_000);
      const { runtime } = await pickRuntime('auto');
      const { json, shards } = layersModel(readFileSync(referenceFile(`${model}.h5`)));
      const graph = readTfjs(json, (name) => shards.get(name)!);
      const classifier = await describeClassifier(graph, runtime);
      const archive = readNpz(readFileSync(referenceFile(`${model}.ref.npz`)), model);
      const read = (key: string) => archive.get(key) as Tensor;
      const x = read('x');
      assertClose(numbers(await logitsOf(classifier, runtime, x)), numbers(read('logits')), 'logits');
      const targets = numbers(read('targets'));
      for (const layer of layers) {
        for (const method of ['gradcam', 'hirescam'] as const) {
          const wanted = read(`${layer}|${method}`);
          const width = wanted.data.length / targets.length;
          const values = numbers(wanted).filter((_, i) => Math.floor(i / width) % 2 === 0);
          const classes = targets.filter((_, i) => i % 2 === 0);
          assertClose(
            await mapOf(classifier, runtime, layer, method, x, classes),
            values,
            `${layer}|${method}`,
          );
        }
      }
      assert.equal(graph.producer, 'TensorFlow.js Converter v4.22.0');
    });
  }
});
