import assert from 'node:assert/strict';
import { inputLayer } from '../../../src/attribution/inputLayer.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import {
  alongPath,
  integratedGradients,
  type QuadratureRule,
} from '../../../src/attribution/methods/integratedGradients.ts';
import { runsMaps } from '../../../src/attribution/runsMaps.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { featuresFirst, preparedOf, readReference } from './referenceModel.ts';

const midpoints: QuadratureRule = (n) => ({
  nodes: Array.from({ length: n }, (_, k) => (k + 0.5) / n),
  weights: Array.from({ length: n }, () => 1 / n),
});

/** Captum's, whose weights sum to .98. */
const trapezoids: QuadratureRule = (n) => ({
  nodes: Array.from({ length: n }, (_, k) => k / (n - 1)),
  weights: Array.from({ length: n }, (_, k) => (k === 0 || k === n - 1 ? 0.5 : 1) / n),
});

const CASES = [
  { file: 'keras_fcn_content.keras', key: 'ig_riemann_middle50', rule: midpoints },
  { file: 'keras_xcm_content.keras', key: 'ig_riemann_middle50', rule: midpoints },
  // A zero baseline is all masked there, and the gradient jumps on the way: only the same nodes give the same map.
  { file: 'keras_seq_mask_content.keras', key: 'ig_riemann_middle50', rule: midpoints },
  { file: 'keras_lstm_mask_content.keras', key: 'ig_riemann_middle50', rule: midpoints },
  { file: 'xcm_content_w26.onnx', key: 'ig_riemann_trapezoid50', rule: trapezoids },
  { file: 'fcn_content.onnx', key: 'ig_riemann_trapezoid50', rule: trapezoids },
  { file: 'lstmfcn_content.onnx', key: 'ig_riemann_trapezoid50', rule: trapezoids },
];

describe('integrated gradients by the very nodes of the reference', () => {
  for (const { file, key, rule } of CASES) {
    it(`${file}: ${key}, both targets`, async function () {
      this.timeout(60_000);
      const name = file.replace(/\.\w+$/, '');
      const reference = readReference(name);
      const runtime = await openOnnxRuntimeNode();
      const { graph } = await loadModel(referenceFile(file));
      const classifier = await describeClassifier(graph, runtime);
      const isKeras = name.startsWith('keras');
      const x = isKeras ? featuresFirst(reference('x')) : reference('x');
      const [, features, steps] = x.dims as [number, number, number];
      const layer = inputLayer(classifier.input, steps);
      const options = { method: 'integrated-gradients', relu: false, maskedAlpha: false } as const;
      const session = openMethod((each) => runtime.load(each), classifier, layer, options);
      const prepared = preparedOf(x, numbers(reference('L'))).slice(-1);
      const at = x.dims[0]! - 1;
      const classes = reference('logits').dims[1]!;
      const logits = Float32Array.from(numbers(reference('logits')).slice(at * classes, (at + 1) * classes));
      const targets = numbers(reference('targets')).slice(at * 2, at * 2 + 2);
      const [found] = await runsMaps(
        { model: classifier, layer, options, session, prepared, target: targets[0]! },
        { ...integratedGradients, explain: alongPath(rule) },
        [targets.map((target) => ({ target }))],
        [logits],
      );
      const expected = reference(`input|${key}`);
      for (const column of [0, 1]) {
        const from = (at * 2 + column) * features * steps;
        const values = Float32Array.from(numbers(expected).slice(from, from + features * steps));
        const dims = isKeras ? [1, steps, features] : [1, features, steps];
        const row = { dtype: 'float32', dims, data: values } as const;
        const wanted = isKeras ? featuresFirst(row).data : values;
        const off = relativeDifference(found!.maps[column]!, wanted as Float32Array);
        assert.ok(off <= 1e-4, `target ${column}: off by ${off}`);
      }
      await session.dispose();
    });
  }
});
