import assert from 'node:assert/strict';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import { appendGradient } from '../../../src/graph/gradient/appendGradient.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { reference, relativeDifference } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

/** Models whose way from the input to the logits leads through an LSTM, with Captum's and TensorFlow's answers. */
const MODELS = [
  { file: 'lstmfcn_content.onnx', model: 'lstmfcn_content' },
  { file: 'keras_lstm_mask_content.keras', model: 'keras_lstm_mask_content' },
  { file: 'keras_seq_mask_content.h5', model: 'keras_seq_mask_content' },
];

describe('gradient at the input through recurrent layers, against Captum and TensorFlow', () => {
  for (const { file, model } of MODELS) {
    it(file, async function () {
      this.timeout(60_000);
      const runtime = await openOnnxRuntimeNode();
      const read = reference(model);
      const { graph } = await loadModel(referenceFile(file));
      const classifier = await describeClassifier(graph, runtime);
      const targets = numbers(read('targets'));
      const both = numbers(read('input|saliency_signed'));
      const width = both.length / targets.length;
      for (const column of [0, 1]) {
        const chosen = targets.filter((_, i) => i % 2 === column);
        const expected = both.filter((_, i) => Math.floor(i / width) % 2 === column);
        const found = await inputGradient(runtime, classifier, read('x'), chosen);
        const off = relativeDifference(found, expected);
        assert.ok(off < 1e-4, `column ${column} is off by ${off}`);
      }
    });
  }
});

async function inputGradient(
  runtime: Runtime,
  { graph, shapes, logits, input, classes }: Classifier,
  x: Tensor,
  targets: readonly number[],
): Promise<number[]> {
  const builder = new GraphBuilder(graph);
  const oneHot = targets.flatMap((target) =>
    Array.from({ length: classes }, (_, c) => (c === target ? 1 : 0)),
  );
  const gradient = builder.constant(float32([targets.length, classes], oneHot));
  const name = appendGradient(builder, { shapes, from: { tensor: logits, gradient }, at: input.name });
  const session = await runtime.load(builder.build([{ name, dtype: 'float32', dims: [] }]));
  const found = (await session.run({ [input.name]: x }))[name]!;
  await session.dispose();
  return numbers(found);
}
