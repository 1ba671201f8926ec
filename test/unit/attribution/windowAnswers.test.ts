import assert from 'node:assert/strict';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import type { ExplainTask } from '../../../src/attribution/explainTask.ts';
import { inputLayer } from '../../../src/attribution/inputLayer.ts';
import type { MethodOptions } from '../../../src/attribution/methodOptions.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import { windowPlan } from '../../../src/attribution/windowPlan.ts';
import { regionsOf } from '../../../src/attribution/windowStages.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openTfjsWasm } from '../../../src/runtime/tfjsWasm.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { attribute, opCase, randomNumbers, vector, weights } from '../gradient/opCase.ts';
import { SMALL_FCN } from './smallModels.ts';

const { int, ints } = attribute;
const STEPS = 40;

/** Even kernels, dilation, pooling, a block over features × time, and a step that sees everything. */
const ODD: Graph = opCase(
  '',
  [2, 3, STEPS],
  [
    ['Conv', 'x w1 b1', 'c1', { pads: ints([1, 2]) }],
    ['Relu', 'c1', 'r1'],
    ['MaxPool', 'r1', 'p1', { kernel_shape: ints([3]), strides: ints([1]), pads: ints([2, 0]) }],
    ['Unsqueeze', 'x one', 'u'],
    ['Conv', 'u w2 b2', 'c2', { pads: ints([0, 1, 0, 2]) }],
    ['Relu', 'c2', 'r2'],
    ['Conv', 'r2 w3 b3', 'c3', { kernel_shape: ints([1, 1]) }],
    ['Squeeze', 'c3 one', 's'],
    ['Concat', 'p1 s', 'j', { axis: int(1) }],
    ['Conv', 'j w4 b4', 'c4', { pads: ints([2, 2]), dilations: ints([2]) }],
    ['Relu', 'c4', 'r4'],
    ['ReduceMean', 'r4', 'm', { axes: ints([2]), keepdims: int(0) }],
    ['Gemm', 'm w5 b5', 'y', { transB: int(1) }],
  ],
  {
    constants: {
      ...{ w1: weights([16, 3, 4], 1), b1: weights([16], 2), one: vector(1) },
      ...{
        w2: weights([32, 1, 1, 4], 3),
        b2: weights([32], 4),
        w3: weights([1, 32, 1, 1], 5),
        b3: weights([1], 6),
      },
      ...{ w4: weights([16, 19, 3], 7), b4: weights([16], 8), w5: weights([3, 16], 9), b5: weights([3], 10) },
    },
  },
).graph;

/** The model as its exporter writes it for three instances at a time: every window is asked for in full then. */
function fixedBatch(graph: Graph): Graph {
  return { ...graph, inputs: graph.inputs.map((one) => ({ ...one, dims: [3, ...one.dims.slice(1)] })) };
}

describe('windows followed through a part of the series', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  async function occlude(
    graph: Graph,
    parameters: Partial<MethodOptions>,
    length: number,
    on: Runtime,
    listening: Pick<ExplainTask, 'report' | 'signal'> = {},
  ) {
    const random = randomNumbers(length);
    const x = Float32Array.from({ length: 3 * STEPS }, (_, i) => (i % STEPS < length ? random() * 4 - 2 : 0));
    const mask = Uint8Array.from({ length: STEPS }, (_, t) => (t < length ? 1 : 0));
    const options = { method: 'occlusion', relu: false, maskedAlpha: false } as const;
    const model = await describeClassifier(graph, on, { layout: 'NFT' });
    const layer = inputLayer(model.input, STEPS);
    const session = openMethod((each) => on.load(each), model, layer, options);
    const prepared = [{ x, features: 3, steps: STEPS, mask, length }];
    const [found] = await explainPrepared({
      model,
      layer,
      options,
      session,
      prepared,
      parameters,
      ...listening,
      target: 1,
    });
    await session.dispose();
    return found!.map.values;
  }

  const graph: Graph = { ...ODD, outputs: [{ name: 'y', dtype: 'float32', dims: ['batch', null] }] };
  const cases: readonly Partial<MethodOptions>[] = [
    { window: { features: 1, steps: 1 } },
    { window: { features: 1, steps: 5 }, stride: { features: 1, steps: 3 }, replacement: { kind: 'mean' } },
    { window: { features: null, steps: 4 }, stride: { features: null, steps: 3 } },
    { window: { features: 2, steps: 40 } },
    { window: { features: 1, steps: 40 } },
  ];
  for (const parameters of cases) {
    it(`as in full: ${JSON.stringify(parameters)}`, async () => {
      for (const length of [STEPS, 25]) {
        const [part, full] = [
          await occlude(graph, parameters, length, runtime),
          await occlude(fixedBatch(graph), parameters, length, runtime),
        ];
        assert.ok(full.some((value) => value !== 0));
        assert.ok(relativeDifference(part, full) < 1e-5, `off by ${relativeDifference(part, full)}`);
      }
    });
  }

  it('also by TensorFlow.js', async () => {
    const parameters = { window: { features: 1, steps: 3 }, replacement: { kind: 'mean' } } as const;
    const [part, full] = [
      await occlude(graph, parameters, STEPS, await openTfjsWasm()),
      await occlude(graph, parameters, STEPS, runtime),
    ];
    assert.ok(relativeDifference(part, full) < 1e-5);
  });

  it('stop where they are cancelled, and say how far they are', async () => {
    const abort = new AbortController();
    const shares: number[] = [];
    const report = (share: number) => {
      if (shares.push(share) === 2) abort.abort(new Error('enough'));
    };
    const listening = { report, signal: abort.signal };
    const parameters = { window: { features: 1, steps: 4 } };
    await assert.rejects(occlude(graph, parameters, STEPS, runtime, listening), /enough/);
    assert.deepEqual(shares, [0, 0.1]);
  });

  it('cut where that takes the least, and not where windows are wide', async () => {
    const model = await describeClassifier(graph, runtime, { layout: 'NFT' });
    const plan = windowPlan(model, 3, false)!;
    // Both convolutions and the pool reach 1 + 2 + 2 steps back and 2 + 0 + 2 on.
    const last = plan.stages.at(-1)!;
    assert.deepEqual([last.before, last.after], [5, 4]);
    assert.deepEqual(last.outputs, [{ name: 'r4', time: 2 }]);
    assert.deepEqual(regionsOf(last, [10, 13], STEPS).changed, [6, 18]);
    // No convolution of a stage that reads what a stage before it made is given padding.
    assert.ok(plan.stages.some(({ reaching }) => (reaching?.size ?? 0) > 0));
    assert.equal(plan.rows, undefined);
    // One feature alone goes through the block over features × time, also where the window is as long as the series.
    for (const width of [3, STEPS]) {
      const { rows } = windowPlan(model, width, true)!;
      assert.deepEqual(
        rows?.outputs.map(({ name }) => name),
        ['s'],
      );
    }
    assert.equal(windowPlan(model, 39, false), undefined);
    const small = await describeClassifier(SMALL_FCN, runtime, { layout: 'NFT' });
    assert.equal(windowPlan(small, 10, true), undefined);
  });
});
