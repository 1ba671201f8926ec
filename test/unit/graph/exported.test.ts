import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/exported');
const EXPECTED = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as Record<
  string,
  { readonly shape: number[]; readonly x: number[]; readonly y: number[] }
>;

const named = (classifier: Classifier) =>
  Object.fromEntries(classifier.layers.map((layer) => [layer.name, [layer.kind, ...layer.shape].join(' ')]));

/** What each program's layers are, whichever exporter and opset wrote it. */
const LAYERS: Record<string, Record<string, string>> = {
  tcn: { 'a+relu': 'Conv 1-D + ReLU 8 24', b: 'Conv 1-D 8 32', add1: 'Add + ReLU 8 24' },
  strided: {
    'features.2': 'Conv 1-D + ReLU 8 12',
    'features.3': 'Max pool 1-D 8 6',
    'features.5': 'Conv 1-D + ReLU 12 4',
    'features.6': 'Average pool 1-D 12 2',
  },
  image: { 'over_time+relu': 'Conv 2-D + ReLU 6 3 24', 'over_features+relu': 'Conv 2-D + ReLU 8 24' },
  attention: {
    embed: 'Conv 1-D 8 24',
    'encoder.self_attn': 'Linear 8 24',
    'encoder.norm1': 'Add + LayerNorm 8 24',
    'encoder.linear1+relu': 'Linear + ReLU 16 24',
    'encoder.linear2': 'Linear 8 24',
    encoder: 'Add + LayerNorm 8 24',
  },
  recurrent: { gru: 'GRU 12 24' },
  binary: { 'conv+gelu': 'Conv 1-D + GELU 8 24' },
};
const INPUTS: Record<string, string> = { image: 'N1FT', time_first: 'NTF', recurrent: 'NTF' };

/** The model's own output from its logits. */
function output(logits: readonly number[], kind: string): number[] {
  switch (kind) {
    case 'log-softmax': {
      const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
      return logits.map((logit) => logit - total);
    }
    case 'sigmoid':
      return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    default:
      return [...logits];
  }
}

describe('models as PyTorch exports them', function () {
  this.timeout(60_000);

  for (const [kind, open] of Object.entries({ native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb })) {
    for (const [file, { shape, x, y }] of Object.entries(EXPECTED)) {
      it(`${file} on ${kind}`, async () => {
        const runtime = await open();
        const { graph } = await loadModel(join(FOLDER, file));
        const classifier = await describeClassifier(graph, runtime);
        const name = file.split('.')[0]!;
        assert.equal(classifier.input.layout, INPUTS[name] ?? 'NFT');
        assert.deepEqual(
          [classifier.input.features, classifier.input.steps, classifier.input.batch],
          [3, 24, null],
        );
        const layers = LAYERS[name === 'wrapped' ? 'strided' : name];
        if (layers) assert.deepEqual(named(classifier), layers);

        const surface = [{ name: classifier.logits, dtype: null, dims: [] }];
        const session = await runtime.load({ ...classifier.graph, outputs: surface });
        const logits = (await session.run({ x: float32(shape, x) }))[classifier.logits]!;
        assert.deepEqual(logits.dims, [2, classifier.classes]);
        const all = numbers(logits);
        const rows = [0, 1].map((n) => all.slice(n * classifier.classes, (n + 1) * classifier.classes));
        const found = rows.flatMap((row) => {
          const values = output(row, classifier.outputIs);
          // One output is the probability of the second of two classes.
          return name === 'binary' ? [values[1]!] : values;
        });
        for (const [i, value] of found.entries()) {
          assert.ok(Math.abs(value - y[i]!) < 1e-5, `${value} for ${y[i]}`);
        }
      });
    }
  }

  it('a causal convolution of dilation 2 reads backwards only, and says so by its centre', async () => {
    const { graph } = await loadModel(join(FOLDER, 'tcn.opset17.onnx'));
    const layer = layerOrTensor(await describeClassifier(graph, await openOnnxRuntimeNode()), 'a+relu');
    assert.deepEqual(layer.receptiveField, { size: 5, jump: 1, start: -2 });
    assert.deepEqual(
      [...layer.reads!.to],
      Array.from({ length: 24 }, (_, p) => p + 1),
    );
    assert.deepEqual(
      [...layer.reads!.from],
      Array.from({ length: 24 }, (_, p) => (p < 4 ? p % 2 : p - 4)),
    );
  });

  it('strided layers lie on the input by their centres', async () => {
    const { graph } = await loadModel(join(FOLDER, 'strided.opset13.onnx'));
    const layer = layerOrTensor(await describeClassifier(graph, await openOnnxRuntimeNode()), 'features.5');
    assert.deepEqual([...layer.positions], [5, 9, 13, 17]);
    assert.deepEqual(layer.receptiveField, { size: 15, jump: 4, start: 5 });
    assert.ok(layer.marks.includes('last conv'));
  });
});
