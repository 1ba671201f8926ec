import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MapOptions, mapGraph } from '../../../../src/attribution/mapGraph.ts';
import { main } from '../../../../src/cli/main.ts';
import { readNpz } from '../../../../src/data/numpy/readNpz.ts';
import { createEngine } from '../../../../src/engine/service.ts';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { type Classifier, describeClassifier } from '../../../../src/graph/classifier.ts';
import { layerOrTensor } from '../../../../src/graph/layerOrTensor.ts';
import { MASK_INPUT, maskedGraph } from '../../../../src/graph/masking/maskedGraph.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { float32, int64, numbers, type Tensor } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../../fixtures/reference.ts';
import { referenceFile } from '../../../fixtures/referenceFile.ts';

const VARIANTS: readonly { readonly key: string; readonly options: MapOptions }[] = [
  { key: 'gradcam', options: { method: 'gradcam', relu: false, maskedAlpha: false } },
  { key: 'gradcam_relu', options: { method: 'gradcam', relu: true, maskedAlpha: false } },
  { key: 'hirescam', options: { method: 'hirescam', relu: false, maskedAlpha: false } },
];

const XCM = [
  '2D_Activation',
  '2D_Reduced_Activation',
  '1D_Activation',
  '1D_Reduced_Activation',
  '1D_Final_Activation',
];

/** Layers as the list must name them, and those with reference maps. */
const MODELS = {
  keras_fcn_content: {
    layout: 'NTF',
    layers: ['relu1', 'relu2', 'relu3'],
    mapped: ['relu1', 'relu2', 'relu3'],
  },
  keras_xcm_content: { layout: 'NTF1', layers: XCM, mapped: XCM },
  keras_seq_mask_content: { layout: 'NTF', layers: ['lstm', 'relu1'], mapped: ['lstm', 'relu1'] },
  keras_lstm_mask_content: { layout: 'NTF', layers: ['conv1', 'conv2', 'lstm'], mapped: ['conv1', 'conv2'] },
} as const;

describe('Keras models', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const [model, { layout, layers, mapped }] of Object.entries(MODELS)) {
    for (const ending of ['keras', 'h5']) {
      it(`${model}.${ending}: logits, probabilities, and every map`, async function () {
        this.timeout(60_000);
        const read = arrays(model);
        const { graph } = await loadModel(referenceFile(`${model}.${ending}`));
        const classifier = await describeClassifier(graph, runtime);
        assert.equal(classifier.input.layout, layout);
        assert.equal(classifier.outputIs, 'softmax');
        const names = classifier.layers.map(({ name }) => name);
        for (const layer of layers)
          assert.ok(names.includes(layer), `${layer} is not among ${names.join(', ')}`);
        await answers(classifier, read);
        for (const layer of mapped) {
          for (const { key, options } of VARIANTS) await maps(classifier, layer, key, options, read);
        }
      });
    }
  }

  it('convert writes an ONNX file with the same answers and layers', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'attribution-convert-'));
    const out = join(folder, 'xcm.onnx');
    assert.equal(
      await main(['convert', referenceFile('keras_xcm_content.h5'), out], () => createEngine()),
      0,
    );
    const classifier = await describeClassifier((await loadModel(out)).graph, runtime);
    await answers(classifier, arrays('keras_xcm_content'));
    const names = classifier.layers.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => (XCM as readonly string[]).includes(name)).sort(),
      [...XCM].sort(),
    );
    assert.deepEqual(readdirSync(folder), ['xcm.onnx']);
    rmSync(folder, { recursive: true });
  });

  it('keras_lstm_mask_content.keras masked: conditions and indices are left alone', async () => {
    const { graph } = await loadModel(referenceFile('keras_lstm_mask_content.keras'));
    const classifier = await describeClassifier(graph, runtime);
    const { tracks, input } = classifier;
    const masked = maskedGraph(classifier.graph, tracks, { name: input.name, steps: 131 });
    const session = await runtime.load(masked);
    const x = arrays('keras_lstm_mask_content')('x');
    const [count = 0] = x.dims;
    const ones = float32([count, 131], new Float32Array(count * 131).fill(1));
    const found = await session.run({ [input.name]: x, [MASK_INPUT]: ones });
    await session.dispose();
    // With nothing masked the model is as it was.
    close(found[graph.outputs[0]!.name]!, arrays('keras_lstm_mask_content')('probs'), 'probabilities');
  });

  async function answers(classifier: Classifier, read: (key: string) => Tensor): Promise<void> {
    const outputs = [
      { name: classifier.logits, dtype: 'float32' as const, dims: [] },
      ...classifier.graph.outputs,
    ];
    const session = await runtime.load({ ...classifier.graph, outputs });
    const found = await session.run({ [classifier.input.name]: read('x') });
    await session.dispose();
    close(found[classifier.logits]!, read('logits'), 'logits');
    close(found[classifier.graph.outputs[0]!.name]!, read('probs'), 'probabilities');
  }

  async function maps(
    classifier: Classifier,
    name: string,
    key: string,
    options: MapOptions,
    read: (key: string) => Tensor,
  ): Promise<void> {
    const layer = layerOrTensor(classifier, name);
    const session = await runtime.load(mapGraph(classifier, layer, options));
    const targets = numbers(read('targets'));
    for (const column of [0, 1]) {
      const chosen = targets.filter((_, i) => i % 2 === column);
      const attribution_target = int64([chosen.length], chosen);
      const found = await session.run({ [classifier.input.name]: read('x'), attribution_target });
      const map = layer.rank === 2 ? timeFirst(found.attribution_map!) : found.attribution_map!;
      close(map, columnOf(read(`${name}|${key}`), column), `${name}|${key}, column ${column}`);
    }
    await session.dispose();
  }
});

function arrays(model: string): (key: string) => Tensor {
  const archive = readNpz(readFileSync(referenceFile(`${model}.ref.npz`)), model);
  return (key) => {
    const array = archive.get(key);
    if (array === undefined || array.dtype === 'text') throw new Error(`${model}.ref.npz has no ${key}`);
    return array;
  };
}

/** [n, 2, P…] → the values of one column. */
function columnOf({ dims, data }: Tensor, column: number): number[] {
  const width = data.length / dims[0]! / dims[1]!;
  return Array.from(data as Float32Array).filter((_, i) => Math.floor(i / width) % dims[1]! === column);
}

/** [N, F, T] → the values of [N, T, F], as the reference has them. */
function timeFirst({ dims, data }: Tensor): number[] {
  const [n, features, steps] = dims as [number, number, number];
  return Array.from({ length: n * features * steps }, (_, i) => {
    const [at, step, feature] = [
      Math.floor(i / features / steps),
      Math.floor(i / features) % steps,
      i % features,
    ];
    return Number(data[(at * features + feature) * steps + step]);
  });
}

function close(found: Tensor | number[], wanted: Tensor | number[], what: string): void {
  const values = (of: Tensor | number[]) => (Array.isArray(of) ? of : numbers(of));
  const difference = relativeDifference(values(found), values(wanted));
  assert.ok(difference <= 1e-4, `${what}: off by ${difference} of the largest value`);
}
