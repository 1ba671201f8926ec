import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { FoldAnswers } from '../../../src/engine/repair/foldAnswers.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { repairBy } from '../../../src/repair/arms.ts';
import type { Patient } from '../../../src/repair/patient.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { untied } from '../../../src/training/parameters.ts';
import type { TrainingSeries } from '../../../src/training/series.ts';
import { attribute } from '../gradient/opCase.ts';
import { refusal } from '../refusal.ts';

const shape = { features: 2, steps: 6 };
const series = (label: number, value = 1): TrainingSeries => ({
  x: new Float32Array(12).fill(value, 0, 4),
  mask: Uint8Array.of(1, 1, 1, 1, 0, 0),
  label,
});

/** Logits are the means of the two features: nothing to learn. */
const means: Graph = {
  opset: 13,
  irVersion: 8,
  producer: 'test',
  inputs: [{ name: 'x', dtype: 'float32', dims: ['n', 2, 6] }],
  outputs: [{ name: 'y', dtype: 'float32', dims: ['n', 2] }],
  constants: new Map(),
  nodes: [
    {
      // Named after its tensor, as TensorFlow names nodes: masked, it is two nodes with two names.
      ...{ op: 'ReduceMean', domain: '', name: 'y', inputs: ['x'], outputs: ['y'] },
      attributes: { axes: attribute.ints([2]), keepdims: attribute.int(0) },
    },
  ],
};

describe('arms of a repair', () => {
  let runtime: Runtime;
  let plain: Classifier;
  let patient: Patient;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
    plain = await describeClassifier(means, runtime, { layout: 'NFT' });
    patient = { model: await maskedClassifier(plain, runtime), runtime, shape };
  });

  it('say what they cannot do', async () => {
    const lesson = [series(0), series(1)];
    await assert.rejects(
      repairBy('fine-tune', patient, lesson, { seed: 1 }),
      refusal('nothing-to-train', /no weights that training could reach/),
    );
    await assert.rejects(
      repairBy('head', patient, lesson, { seed: 1 }),
      refusal('cannot-repair', /no last layer to refit/),
    );
  });

  it('keep the last good weights where the loss becomes no number, and say where', async () => {
    const graph = untied(
      readOnnx(readFileSync(new URL('../../fixtures/training/fcn.onnx', import.meta.url))),
    );
    const fcn = await describeClassifier(graph, runtime);
    const [features, steps] = [fcn.input.features, fcn.input.steps ?? 16];
    const ill: Patient = {
      model: await maskedClassifier(await describeClassifier(graph, runtime, { steps }), runtime),
      runtime,
      shape: { features, steps },
    };
    const huge = Array.from({ length: 8 }, (_, i) => ({
      x: new Float32Array(features * steps).fill(i % 2 ? 3e38 : -3e38),
      mask: new Uint8Array(steps).fill(1),
      label: i % 2,
    }));
    const found = await repairBy('fine-tune', ill, huge, { seed: 1, epochs: 2 });
    assert.equal(found.ended, 'diverged');
    assert.equal(found.diverged!.step, 1);
    assert.ok(Math.abs(found.diverged!.rate - 1e-3) < 1e-12);
    assert.equal(found.graph, ill.model.graph);
    assert.deepEqual(found.onto(graph).constants, graph.constants);
  });

  it('are judged on a content by the repair that has not learnt from it, masked or at another length', async () => {
    /** The same graph whose answer is always `cls`. */
    const always = (cls: number) => (graph: Graph) => ({
      ...graph,
      constants: new Map([...graph.constants, ['bias', float32([1, 2], cls ? [-99, 99] : [99, -99])]]),
      nodes: [
        ...graph.nodes.map((node) => (node.outputs[0] === 'y' ? { ...node, outputs: ['raw'] } : node)),
        { op: 'Add', domain: '', name: 'add', inputs: ['raw', 'bias'], outputs: ['y'], attributes: {} },
      ],
    });
    const repaired = [0, 1].map((cls) => ({ graph: always(cls)(patient.model.graph), onto: always(cls) }));
    const answers = new FoldAnswers({ plain, patient, repaired, of: (content) => content % 2 }, () => {});
    const contents = [3, 0, 1, 7, 2, 2, 5];
    const own = await answers.ask(
      contents.map((content) => ({ ...series(0), content })),
      6,
      null,
    );
    assert.deepEqual([...own.predicted], [1, 0, 1, 1, 0, 0, 1]);
    const short = { x: new Float32Array(8).fill(1), mask: new Uint8Array(4).fill(1) };
    const cut = await answers.ask(
      contents.map((content) => ({ ...short, content })),
      4,
      null,
    );
    assert.deepEqual([...cut.predicted], [1, 0, 1, 1, 0, 0, 1]);
    const long = { x: new Float32Array(24).fill(1, 0, 4), mask: new Uint8Array(12).fill(1, 0, 4) };
    const doubled = await answers.ask([{ ...long, content: 4 }], 12, null);
    // The mean over 4 real steps of feature 0 is 1, masked.
    assert.ok(Math.abs(doubled.logits[0]! - 100) < 1e-5, String(doubled.logits));
    await answers.dispose();
  });
});
