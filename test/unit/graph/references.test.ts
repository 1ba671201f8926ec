import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import { isLastConvolution } from '../../../src/graph/layerByDefault.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { runInBatches } from '../../../src/runtime/runInBatches.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

const FILES = [
  ...[
    'fcn_content',
    'inceptiontime_content',
    'inceptiontime_content.dynamo',
    'lstmfcn_content',
    'resnet_content',
  ],
  ...['jv_xcm', 'jv_xcm.dynT', 'xcm_content_w131', 'xcm_content_w131.dynT', 'xcm_content_w131.dynamo'],
  ...['xcm_content_w26', 'xcm_content_w26.dynT', 'xcm_content_w26.softmax', 'xcm_content_w26.batch1'],
  ...['xcm_length_w26', 'xcm_length_w26.dynT', 'xcm_mixed_w26', 'xcm_mixed_w26.dynT'],
];

interface Described {
  readonly T: number;
  readonly F: number;
  readonly n_classes: number;
  readonly onnx: Record<
    string,
    {
      readonly output_is: string;
      readonly layers: Record<string, { readonly tensor: string; readonly also: readonly string[] }>;
    }
  >;
}

function reference(file: string) {
  const [model] = file.split('.');
  const described = JSON.parse(readFileSync(referenceFile(`${model}.json`), 'utf8')) as Described;
  const npz = readNpz(readFileSync(referenceFile(`${model}.ref.npz`)), `${model}.ref.npz`);
  const array = (name: string) => {
    const found = npz.get(name);
    assert.ok(found !== undefined && 'data' in found, `${model}.ref.npz has no ${name}`);
    return found as Tensor;
  };
  return { described, onnx: described.onnx[`${file}.onnx`]!, array };
}

function assertClose(actual: Tensor, expected: Tensor, what: string): void {
  const [a, b] = [numbers(actual), numbers(expected)];
  assert.equal(a.length, b.length, what);
  const largest = Math.max(...b.map(Math.abs));
  const off = Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
  assert.ok(off <= 1e-4 * largest, `${what}: off by ${off}, largest ${largest}`);
}

async function open(file: string, runtime: Runtime): Promise<Classifier> {
  const { described } = reference(file);
  const { graph } = await loadModel(referenceFile(`${file}.onnx`));
  return describeClassifier(graph, runtime, { steps: described.T });
}

async function run(classifier: Classifier, runtime: Runtime, x: Tensor, outputs: readonly string[]) {
  const surface = outputs.map((name) => ({ name, dtype: null, dims: [] }));
  const session = await runtime.load({ ...classifier.graph, outputs: surface }, { optimize: false });
  const { batch } = classifier.input;
  const kind =
    batch === null ? ({ kind: 'upTo', size: 64 } as const) : ({ kind: 'fixed', size: batch } as const);
  const results = await runInBatches(session, { [classifier.input.name]: x }, kind, outputs);
  await session.dispose();
  return results;
}

describe('reference models', function () {
  this.timeout(120_000);
  const runtimes = { native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb };

  for (const [kind, openRuntime] of Object.entries(runtimes)) {
    for (const file of FILES) {
      it(`${file}: the classifier and its logits on ${kind}`, async () => {
        const runtime = await openRuntime();
        const { described, onnx, array } = reference(file);
        const classifier = await open(file, runtime);
        assert.equal(classifier.input.layout, 'NFT');
        assert.equal(classifier.input.features, described.F);
        assert.equal(classifier.input.steps, file.endsWith('dynT') ? null : described.T);
        assert.equal(classifier.input.batch, file.endsWith('batch1') ? 1 : null);
        assert.equal(classifier.classes, described.n_classes);
        assert.equal(classifier.outputIs, onnx.output_is);
        assert.deepEqual(classifier.findings, []);
        const results = await run(classifier, runtime, array('x'), [classifier.logits]);
        assertClose(results[classifier.logits]!, array('logits'), 'logits');
      });
    }
  }

  for (const file of FILES) {
    it(`${file}: every reference layer by its module's name`, async () => {
      const { described, onnx, array } = reference(file);
      const classifier = await open(file, await openOnnxRuntimeNode());
      for (const [name, { tensor, also }] of Object.entries(onnx.layers)) {
        const layer = layerOrTensor(classifier, name);
        assert.equal(layer.name, name);
        assert.ok([tensor, ...also].includes(layer.tensor), `${name} is ${layer.tensor}, not ${tensor}`);
        assert.ok(classifier.layers.includes(layer));
        assert.equal(layerOrTensor(classifier, tensor).tensor, layer.tensor);
        const [channels, ...positions] = layer.shape;
        assert.deepEqual(positions, array(`${name}|gradcam`).dims.slice(2));
        assert.equal(channels, array(`${name}|alpha`).dims[2]);
        assert.equal(layer.rank, positions.length);
        assert.equal(layer.positions.length, described.T);
      }
      const names = classifier.layers.map((layer) => layer.name);
      assert.equal(new Set(names).size, names.length);
      assert.equal(classifier.layers.filter(isLastConvolution).length, 1);
    });
  }

  it('zones of a kernel as long as the series: 28 real, 65 mixed, 38 empty positions for 28 steps', async () => {
    const classifier = await open('xcm_content_w131', await openOnnxRuntimeNode());
    for (const name of ['conv2dblock', 'conv1dblock', 'concat']) {
      const { reads } = layerOrTensor(classifier, name);
      const readsReal = [...reads!.from].filter((from, p) => from < 28 && reads!.to[p]! > 0);
      assert.equal(readsReal.length, 28 + 65);
    }
    const { receptiveField, reads } = layerOrTensor(classifier, 'conv1d');
    assert.deepEqual(receptiveField, { size: 261, jump: 1, start: 0 });
    assert.deepEqual(
      [...reads!.from],
      Array.from({ length: 131 }, () => 0),
    );
  });

  for (const file of [
    'fcn_content',
    'resnet_content',
    'inceptiontime_content',
    'xcm_content_w26',
    'lstmfcn_content',
  ]) {
    it(`${file}: a changed input step shows where the receptive field says, and nowhere else`, async () => {
      const runtime = await openOnnxRuntimeNode();
      const { described, array } = reference(file);
      const classifier = await open(file, runtime);
      const layers = classifier.layers.filter((layer) => layer.reads !== null);
      const steps = [0, 1, 40, 65, 100, described.T - 2, described.T - 1];
      const x = changedAt(array('x'), steps, described);
      const results = await run(
        classifier,
        runtime,
        x,
        layers.map((layer) => layer.tensor),
      );
      for (const layer of layers) {
        steps.forEach((step, i) => {
          const changed = changedPositions(results[layer.tensor]!, i + 1, layer.axes.time);
          const { from, to } = layer.reads!;
          const told = [...from.keys()].filter((p) => from[p]! <= step && step < to[p]!);
          assert.ok(
            changed.every((p) => told.includes(p)),
            `${layer.name}, step ${step}: beyond the field`,
          );
          // A lone channel may be shut by its ReLU, and deep down the outermost taps are too faint to see.
          if (layer.shape[0]! < 32 || layer.receptiveField.size! > 40) return;
          assert.deepEqual(
            [changed[0], changed.at(-1)],
            [told[0], told.at(-1)],
            `${layer.name}, step ${step}`,
          );
        });
      }
    });
  }
});

/** The first instance, and copies of it with one step changed in all features, upwards and downwards. */
function changedAt(x: Tensor, steps: readonly number[], { F, T }: Described): Tensor {
  const data = new Float32Array((steps.length + 1) * F * T);
  for (let n = 0; n <= steps.length; n++) data.set(x.data.subarray(0, F * T) as Float32Array, n * F * T);
  steps.forEach((step, i) => {
    for (let f = 0; f < F; f++) data[((i + 1) * F + f) * T + step]! += f % 2 === 0 ? 50 : -50;
  });
  return { dtype: 'float32', dims: [steps.length + 1, F, T], data };
}

/** Positions along `time` at which instance n differs from instance 0 by more than rounding. */
function changedPositions({ dims, data }: Tensor, n: number, time: number): number[] {
  const size = dims.slice(1).reduce((product, dim) => product * dim, 1);
  const inner = dims.slice(time + 1).reduce((product, dim) => product * dim, 1);
  const changed = new Set<number>();
  for (let i = 0; i < size; i++) {
    const [a, b] = [data[i] as number, data[n * size + i] as number];
    if (Math.abs(a - b) > 1e-4 * Math.max(1, Math.abs(a))) changed.add(Math.floor(i / inner) % dims[time]!);
  }
  return [...changed].sort((p, q) => p - q);
}
