import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { createRandom } from '../../../src/random.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { dropoutMasks } from '../../../src/training/dropout.ts';
import { Stepper } from '../../../src/training/stepper.ts';
import { targetsOf } from '../../../src/training/targets.ts';
import { TARGETS, trainingGraph } from '../../../src/training/trainingGraph.ts';
import { relativeDifference } from '../../fixtures/reference.ts';

interface Reference {
  /** [steps][N·units], 0 or 5. */
  readonly masks: readonly number[][];
  readonly losses: readonly number[];
  /** Without dropout, after the last step. */
  readonly logits: readonly number[][];
}

const reference: Reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/training/dropout.json'), 'utf8'),
);
const SIZE = { features: 3, steps: 20, classes: 4 };
const N = 6;
/** As dropout.py makes it. */
const x = float32(
  [N, 3, 20],
  Float32Array.from({ length: N * 60 }, (_, i) => {
    const [n, f, t] = [Math.floor(i / 60), Math.floor(i / 20) % 3, i % 20];
    return Math.sin(0.7 * n + 1.3 * f + 0.41 * t * (f + 1));
  }),
);
const targets = targetsOf([0, 1, 2, 3, 0, 1], SIZE);
const network = () => newNetwork('lstm-fcn', SIZE, 1, 4);

describe('dropout', () => {
  const runtimes = new Map<string, Runtime>();
  before(async () => {
    runtimes.set('native', await openOnnxRuntimeNode());
    runtimes.set('wasm', await openOnnxRuntimeWeb());
  });

  for (const name of ['native', 'wasm']) {
    it(`twenty steps with PyTorch's masks give its losses, and its answers without dropout, ${name}`, async () => {
      const runtime = runtimes.get(name)!;
      const model = await describeClassifier(network(), runtime);
      const training = trainingGraph(model, { dropout: true });
      const [dropped] = training.dropouts;
      assert.ok(dropped && training.dropouts.length === 1);
      const stepper = await Stepper.open([training], model.graph, runtime, { kind: 'adam' });
      const losses: number[] = [];
      for (const mask of reference.masks) {
        const masks = { [dropped.input]: float32([N, 3], Float32Array.from(mask)) };
        losses.push((await stepper.step({ x, ...masks }, targets, 5e-3)).loss);
      }
      const trained = stepper.model();
      await stepper.dispose();
      assert.ok(relativeDifference(losses, reference.losses) < 1e-4, losses.join());
      const session = await runtime.load(trained);
      const { logits } = await session.run({ x });
      await session.dispose();
      assert.ok(relativeDifference(numbers(logits!), reference.logits.flat()) < 1e-4);
    });
  }

  it('is off unless asked for, and its expectation is the network without it', async () => {
    const runtime = runtimes.get('native')!;
    const model = await describeClassifier(network(), runtime);
    assert.deepEqual(trainingGraph(model).dropouts, []);
    const training = trainingGraph(model, { dropout: true, frozen: true });
    const rows = 2000;
    const same = new Float32Array(rows * 60);
    for (let n = 0; n < rows; n++) same.set((x.data as Float32Array).subarray(0, 60), n * 60);
    const session = await runtime.load(training.graph);
    const found = await session.run(
      {
        x: float32([rows, 3, 20], same),
        ...Object.fromEntries(training.parameters.map((one) => [one, model.graph.constants.get(one)!])),
        ...dropoutMasks(training.dropouts, rows, createRandom(1)),
        [TARGETS]: targetsOf(new Array(rows).fill(0), SIZE),
      },
      [training.logits],
    );
    await session.dispose();
    const plain = await runtime.load(network());
    const wanted = numbers((await plain.run({ x })).logits!);
    await plain.dispose();
    const logits = numbers(found[training.logits]!);
    for (let c = 0; c < 4; c++) {
      const each = Array.from({ length: rows }, (_, n) => logits[n * 4 + c]!);
      const mean = each.reduce((a, b) => a + b, 0) / rows;
      const deviation = Math.sqrt(each.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rows);
      assert.ok(deviation > 1e-3, `class ${c} does not vary`);
      assert.ok(Math.abs(mean - wanted[c]!) < (4 * deviation) / Math.sqrt(rows), `${mean} for ${wanted[c]}`);
    }
  });

  it('has the same masks for the same seed only, and drops the share it says', () => {
    const dropped = [{ input: 'mask', dims: [50], ratio: 0.8 }];
    const masks = (seed: number) => numbers(dropoutMasks(dropped, 200, createRandom(seed)).mask!);
    assert.deepEqual(masks(3), masks(3));
    assert.notDeepEqual(masks(3), masks(4));
    assert.deepEqual([...new Set(masks(3))].toSorted(), [0, Math.fround(1 / (1 - 0.8))]);
    const share = masks(3).filter((one) => one === 0).length / 10_000;
    assert.ok(Math.abs(share - 0.8) < 4 * 0.004, `${share}`);
  });
});
