import assert from 'node:assert/strict';
import {
  ARCHITECTURES,
  type ArchitectureName,
  newNetwork,
} from '../../../src/architectures/architectures.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import type { Runtime, Tensors } from '../../../src/graph/runtime.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { createRandom } from '../../../src/random.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { dropoutMasks } from '../../../src/training/dropout.ts';
import { targetsOf } from '../../../src/training/targets.ts';
import { TARGETS, trainingGraph } from '../../../src/training/trainingGraph.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { TFJS_RUNTIMES } from '../runtime/allRuntimes.ts';

const SIZE = { features: 3, steps: 20, classes: 4 };
const N = 5;

/** Series of 20, 17, … real steps. */
const mask = Float32Array.from({ length: N * 20 }, (_, i) => (i % 20 < 20 - 3 * Math.floor(i / 20) ? 1 : 0));
const x = Float32Array.from(
  { length: N * 60 },
  (_, i) => Math.sin(0.3 * i * i) * mask[Math.floor(i / 60) * 20 + (i % 20)]!,
);
const targets = targetsOf([0, 1, 2, 3, 1], { ...SIZE, smoothing: 0.1, classWeights: [1, 2, 0.5, 1] });

for (const { id, open } of TFJS_RUNTIMES) {
  describe(`a step of training on ${id} against ONNX Runtime`, () => {
    let runtime: Runtime;
    let onnx: Runtime;
    before(async function () {
      runtime = await open(this);
      onnx = await openOnnxRuntimeNode();
    });

    for (const name of Object.keys(ARCHITECTURES) as ArchitectureName[]) {
      for (const masked of [false, true]) {
        it(`${name}${masked ? ', masked' : ''}: loss, logits, statistics and every gradient`, async () => {
          const plain = await describeClassifier(newNetwork(name, SIZE, 1, 8), onnx);
          const model = masked ? { ...(await maskedClassifier(plain, onnx)), maskedSteps: 20 } : plain;
          const training = trainingGraph(model, { dropout: true });
          const feeds: Tensors = {
            ...Object.fromEntries(training.parameters.map((one) => [one, model.graph.constants.get(one)!])),
            [model.input.name]: float32([N, 3, 20], x),
            ...dropoutMasks(training.dropouts, N, createRandom(7)),
            [TARGETS]: targets,
            ...(masked && { [MASK_INPUT]: float32([N, 20], mask) }),
          };
          const [wanted, found] = [await once(onnx), await once(runtime)];
          assert.ok(Object.keys(wanted).length > training.parameters.length / 2);
          for (const [output, value] of Object.entries(wanted)) {
            const [own, other] = [numbers(found[output]!), numbers(value)];
            // Rounding of what is all but zero is no difference.
            if (Math.max(...other.map(Math.abs)) < 1e-6 && Math.max(...own.map(Math.abs)) < 1e-5) continue;
            const off = relativeDifference(own, other);
            assert.ok(off < 1e-4, `${output} is off by ${off}`);
          }

          async function once(on: Runtime): Promise<Tensors> {
            const session = await on.load(training.graph);
            const answer = await session.run(feeds);
            await session.dispose();
            return answer;
          }
        });
      }
    }
  });
}
