import assert from 'node:assert/strict';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import { inputLayer } from '../../../src/attribution/inputLayer.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import type { MethodId } from '../../../src/attribution/methods.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { featuresFirst, preparedOf, readReference } from './referenceModel.ts';

const AT_THE_INPUT: readonly {
  readonly key: string;
  readonly method: MethodId;
  readonly tolerance: number;
}[] = [
  { key: 'saliency_signed', method: 'saliency', tolerance: 1e-4 },
  { key: 'input_x_gradient', method: 'gradient-input', tolerance: 1e-4 },
  { key: 'occlusion_1x5', method: 'occlusion', tolerance: 1e-4 },
  // Midpoints there, Gauss–Legendre here: the two rules differ by 1.5e-3 where the gradient jumps (quadrature.test.ts has the same nodes).
  { key: 'ig_riemann_middle50', method: 'integrated-gradients', tolerance: 2e-3 },
];

const ALL = AT_THE_INPUT.map(({ key }) => key);
const MODELS: Readonly<Record<string, readonly string[]>> = {
  keras_fcn_content: ALL,
  keras_xcm_content: ALL,
  // Masking and LSTMs: a zero baseline jumps there, so that two rules do not agree on the path (quadrature.test.ts).
  keras_seq_mask_content: ['saliency_signed', 'input_x_gradient', 'occlusion_1x5'],
  keras_lstm_mask_content: ['saliency_signed', 'input_x_gradient', 'occlusion_1x5'],
};

describe('methods at the input of Keras models, against TensorFlow', () => {
  for (const [model, keys] of Object.entries(MODELS)) {
    it(model, async function () {
      this.timeout(60_000);
      const runtime = await openOnnxRuntimeNode();
      const reference = readReference(model);
      const { graph } = await loadModel(referenceFile(`${model}.keras`));
      const classifier = await describeClassifier(graph, runtime);
      const x = featuresFirst(reference('x'));
      const prepared = preparedOf(x, numbers(reference('L')));
      const layer = inputLayer(classifier.input, x.dims[2]!);
      const targets = numbers(reference('targets'));
      const n = x.dims[0]! - 1;
      for (const { key, method, tolerance } of AT_THE_INPUT.filter((one) => keys.includes(one.key))) {
        const options = { method, relu: false, maskedAlpha: false };
        const session = openMethod((each) => runtime.load(each), classifier, layer, options);
        const expected = reference(`input|${key}`);
        const width = x.dims[1]! * x.dims[2]!;
        for (const column of [0, 1]) {
          const [found] = await explainPrepared({
            ...{ model: classifier, layer, options, session, prepared: [prepared[n]!] },
            target: targets[n * 2 + column]!,
          });
          const at = (n * 2 + column) * width;
          const row = float32(
            [1, x.dims[2]!, x.dims[1]!],
            Float32Array.from(expected.data as Float32Array).slice(at, at + width),
          );
          const off = relativeDifference(found!.native.values, featuresFirst(row).data as Float32Array);
          assert.ok(off <= tolerance, `${key}, column ${column}: off by ${off}`);
        }
        await session.dispose();
      }
    });
  }
});
