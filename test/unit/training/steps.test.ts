import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { elementCount, float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import type { OptimiserOptions } from '../../../src/training/optimiser.ts';
import { untied } from '../../../src/training/parameters.ts';
import { Stepper } from '../../../src/training/stepper.ts';
import { targetsOf } from '../../../src/training/targets.ts';
import { trainingGraph } from '../../../src/training/trainingGraph.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { ALL_RUNTIMES } from '../runtime/allRuntimes.ts';

const folder = join(import.meta.dirname, '../../fixtures/training');
const RATE = 5e-3;
/** As test/fixtures/training/make.py trains them. */
const MODELS: Readonly<Record<string, OptimiserOptions>> = {
  fcn: { kind: 'adam' },
  resnet: { kind: 'sgd', momentum: 0.9, weightDecay: 1e-3 },
  inceptiontime: { kind: 'adam' },
  xcm: { kind: 'adamw', weightDecay: 0.02 },
  lstm_fcn: { kind: 'adam' },
  gru: { kind: 'adam' },
};

/** tfjs-wasm takes the steps of tfjs-node; its own are held against ONNX Runtime in trainingOnTfjs.test.ts. */
for (const { id, open } of ALL_RUNTIMES.filter((one) => one.id !== 'tfjs-wasm')) {
  describe(`twenty steps of training against PyTorch, ${id}`, () => {
    let runtime: Runtime;
    const arrays = readNpz(readFileSync(join(folder, 'steps.npz')), 'steps.npz');
    const array = (key: string): Tensor => {
      const found = arrays.get(key);
      assert.ok(found && found.dtype !== 'text', key);
      return found;
    };
    before(async function () {
      runtime = await open(this);
    });

    for (const [name, options] of Object.entries(MODELS)) {
      it(`${name}: the loss of every step, and the answers and statistics after the last`, async () => {
        const { graph } = await loadModel(join(folder, `${name}.onnx`));
        const classifier = await describeClassifier(untied(graph), runtime);
        const training = trainingGraph(classifier);
        const stepper = await Stepper.open([training], classifier.graph, runtime, options);
        const classWeights = numbers(array('class_weights'));
        const losses: number[] = [];
        for (const step of batches(array('x'), array('y'))) {
          const targets = targetsOf(step.y, { classes: 3, classWeights, smoothing: 0.1 });
          losses.push((await stepper.step({ [classifier.input.name]: step.x }, targets, RATE)).loss);
        }
        const trained = stepper.model();
        await stepper.dispose();
        const off = relativeDifference(losses, numbers(array(`${name}|losses`)));
        assert.ok(off < 1e-4, `losses are off by ${off}`);
        for (const key of arrays.names) {
          if (!key.startsWith(`${name}|`) || !key.includes('running')) continue;
          const found = trained.constants.get(key.slice(name.length + 1));
          assert.ok(found, `${key} is not among the weights`);
          const apart = relativeDifference(numbers(found), numbers(array(key)));
          assert.ok(apart < 1e-4, `${key} is off by ${apart}`);
        }
        const session = await runtime.load(trained);
        const [first] = batches(array('x'), array('y'));
        const { [classifier.logits]: logits } = await session.run({ [classifier.input.name]: first!.x });
        await session.dispose();
        const answers = relativeDifference(numbers(logits!), numbers(array(`${name}|logits`)));
        assert.ok(answers < 1e-4, `logits are off by ${answers}`);
      });
    }
  });
}

/** x [steps, N, F, T] and y [steps, N] batch by batch. */
function batches(x: Tensor, y: Tensor) {
  const [steps, ...dims] = x.dims as [number, ...number[]];
  const [width, rows] = [elementCount(dims), dims[0]!];
  return Array.from({ length: steps }, (_, step) => ({
    x: float32(dims, (x.data as Float32Array).slice(step * width, (step + 1) * width)),
    y: numbers(y).slice(step * rows, (step + 1) * rows),
  }));
}
