import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import type { Tensors } from '../../../src/graph/runtime.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { Stepper } from '../../../src/training/stepper.ts';
import { targetsOf } from '../../../src/training/targets.ts';
import { LOSS, TARGETS, trainingGraph } from '../../../src/training/trainingGraph.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { ALL_RUNTIMES } from '../runtime/allRuntimes.ts';

interface Reference {
  readonly losses: readonly number[];
  /** Of the first step. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  /** After the last step, as the logits. */
  readonly running: Readonly<Record<string, readonly number[]>>;
  readonly logits: readonly number[][];
}

const reference: Reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/training/wide.json'), 'utf8'),
);
const SIZE = { features: 3, steps: 20, classes: 4 };
/** As wide.py makes it: its mean is not 0. */
const x = float32(
  [6, 3, 20],
  Float32Array.from({ length: 360 }, (_, i) => {
    const [n, f, t] = [Math.floor(i / 60), Math.floor(i / 20) % 3, i % 20];
    return 2 + Math.sin(0.7 * n + 1.3 * f + 0.41 * t * (f + 1));
  }),
);
/** Series of 5 to 20 real steps. */
const mask = float32(
  [6, 20],
  Float32Array.from({ length: 120 }, (_, i) => (i % 20 < 5 + 3 * Math.floor(i / 20) ? 1 : 0)),
);
const targets = targetsOf([0, 1, 2, 3, 0, 1], SIZE);

for (const { id, open } of ALL_RUNTIMES) {
  describe(`statistics and kernel gradients by windows, ${id}`, () => {
    it('twenty steps of XCM against PyTorch: gradients, losses, statistics and answers', async function () {
      const runtime = await open(this);
      const model = await describeClassifier(newNetwork('xcm', SIZE, 1, 16), runtime);
      const training = trainingGraph(model);
      assert.equal(training.statistics.filter(({ windows }) => windows).length, 1);
      const session = await runtime.load(training.graph);
      const weights = training.parameters.map((name) => [name, model.graph.constants.get(name)!]);
      const first = await session.run({ x, [TARGETS]: targets, ...Object.fromEntries(weights) });
      await session.dispose();
      for (const [name, wanted] of Object.entries(reference.gradients)) {
        const found = first[training.gradients[training.parameters.indexOf(name)]!]!;
        const off = relativeDifference(numbers(found), wanted);
        assert.ok(off < 1e-4, `${name} is off by ${off}`);
      }
      const stepper = await Stepper.open([training], model.graph, runtime, { kind: 'adam' });
      const losses: number[] = [];
      for (let step = 0; step < 20; step++) losses.push((await stepper.step({ x }, targets, 5e-3)).loss);
      const trained = stepper.model();
      await stepper.dispose();
      assert.ok(relativeDifference(losses, reference.losses) < 1e-4, losses.join());
      for (const [name, wanted] of Object.entries(reference.running)) {
        const off = relativeDifference(numbers(trained.constants.get(name)!), wanted);
        assert.ok(off < 1e-4, `${name} is off by ${off}`);
      }
      const plain = await runtime.load(trained);
      const { logits } = await plain.run({ x });
      await plain.dispose();
      const off = relativeDifference(numbers(logits!), reference.logits.flat());
      assert.ok(off < 1e-4, `logits are off by ${off}`);
    });

    // One runtime of them: the others answer alike above, and take seconds.
    if (id !== 'onnxruntime-node') return;
    for (const masked of [false, true]) {
      it(`gradients against central finite differences of the loss${masked ? ', masked' : ''}`, async function () {
        const runtime = await open(this);
        const network = newNetwork('xcm', SIZE, 1, 16);
        // Without kinks.
        const nodes = network.nodes.map((node) => (node.op === 'Relu' ? { ...node, op: 'Tanh' } : node));
        const plain = await describeClassifier({ ...network, nodes }, runtime);
        const model = masked ? await maskedClassifier(plain, runtime) : plain;
        const feeds: Tensors = masked ? { x, [MASK_INPUT]: mask } : { x };
        const training = trainingGraph({ ...model, ...(masked && { maskedSteps: SIZE.steps }) });
        const windows = training.statistics.flatMap((one) => one.windows ?? []);
        assert.equal(windows.length, 1);
        const conv = training.graph.nodes.find(({ outputs }) => outputs[0] === windows[0]!.output)!;
        const norm = training.graph.nodes.find(
          ({ op, inputs }) => op === 'BatchNormalization' && inputs[0] === windows[0]!.output,
        )!;
        const session = await runtime.load(training.graph);
        const weights = Object.fromEntries(
          training.parameters.map((name) => [name, model.graph.constants.get(name)!]),
        );
        const run = (changed: Tensors = {}) =>
          session.run({ ...feeds, [TARGETS]: targets, ...weights, ...changed });
        const found = await run();
        // The loss bends most along the kernel.
        for (const [name, h] of [
          [conv.inputs[1]!, 1 / 64],
          [norm.inputs[1]!, 1 / 8],
          [norm.inputs[2]!, 1 / 8],
        ] as const) {
          const { dims, data } = weights[name]!;
          const own = numbers(found[training.gradients[training.parameters.indexOf(name)]!]!);
          const at = Array.from({ length: 8 }, (_, i) => Math.floor((i * data.length) / 8));
          const numeric: number[] = [];
          for (const i of at) {
            const lossAt = async (by: number) => {
              const values = Float32Array.from(data as Float32Array);
              values[i]! += by;
              return numbers((await run({ [name]: float32(dims, values) }))[LOSS]!)[0]!;
            };
            const central = async (step: number) =>
              ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
            // Richardson: the error of the fourth order is left.
            numeric.push((4 * (await central(h / 2)) - (await central(h))) / 3);
          }
          const off = relativeDifference(
            at.map((i) => own[i]!),
            numeric,
          );
          assert.ok(off < 3e-3, `${name} is off by ${off}`);
        }
        await session.dispose();
      });
    }
  });
}
