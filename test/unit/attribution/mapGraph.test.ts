import assert from 'node:assert/strict';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import { type MapOptions, mapGraph } from '../../../src/attribution/mapGraph.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import {
  BINARY,
  CHANNELS_LAST,
  NORMED,
  openSmall,
  SMALL_FCN,
  smallSeries,
  WITH_SINGLETON,
} from './smallModels.ts';

const GRADCAM: MapOptions = { method: 'gradcam', relu: false, maskedAlpha: false };
const ALL_OPTIONS: readonly MapOptions[] = [
  GRADCAM,
  { ...GRADCAM, relu: true },
  { ...GRADCAM, maskedAlpha: true },
  { ...GRADCAM, method: 'hirescam' },
];

describe('map graph', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  const series = [7, 12, 3, 9, 5].map((length, seed) => smallSeries(seed, length));

  async function maps(graph: Graph, tensor: string, options: MapOptions, target = -1) {
    const task = await openSmall(graph, runtime, tensor, options);
    const found = await explainPrepared({ ...task, prepared: series, target });
    await task.session.dispose();
    return found;
  }

  it('has no batch size in it: together and one by one give the same', async () => {
    for (const options of ALL_OPTIONS) {
      for (const tensor of ['r1', 'c2', 'r2']) {
        const task = await openSmall(SMALL_FCN, runtime, tensor, options);
        const together = await explainPrepared({ ...task, prepared: series, target: 1 });
        for (const [n, one] of series.entries()) {
          const [alone] = await explainPrepared({ ...task, prepared: [one], target: 1 });
          assertClose(together[n]!.native.values, alone!.native.values);
        }
        await task.session.dispose();
      }
    }
  });

  it('before an instance normalisation draws no rounding noise: zero, said; HiResCAM and the layer behind show more', async () => {
    const codes = (found: Awaited<ReturnType<typeof maps>>) =>
      found.map(({ findings }) => findings.map(({ code }) => code).join());
    const before = await maps(NORMED, 'c1', GRADCAM);
    assert.ok(before.every(({ native }) => native.values.every((value) => value === 0)));
    assert.deepEqual([...new Set(codes(before))], ['cancelled-gradients']);
    for (const [tensor, method] of [
      ['c1', 'hirescam'],
      ['n1', 'gradcam'],
    ] as const) {
      const found = await maps(NORMED, tensor, { ...GRADCAM, method });
      assert.ok(found.every(({ native }) => native.values.some((value) => Math.abs(value) > 1e-6)));
      assert.deepEqual([...new Set(codes(found))], ['']);
    }
  });

  it('gives the same optimised and as it was written', async () => {
    for (const tensor of ['r1', 'c2', 'r2']) {
      const { model, layer, session } = await openSmall(SMALL_FCN, runtime, tensor, GRADCAM);
      const plain = openMethod((graph) => runtime.load(graph, { optimize: false }), model, layer, GRADCAM);
      const task = { model, layer, options: GRADCAM, prepared: series, target: -1 };
      const [one, two] = [
        await explainPrepared({ ...task, session }),
        await explainPrepared({ ...task, session: plain }),
      ];
      for (const [n, { native }] of one.entries()) assertClose(native.values, two[n]!.native.values);
    }
  });

  it('gives the same for channels last and with an axis of 1', async () => {
    for (const options of ALL_OPTIONS) {
      const expected = await maps(SMALL_FCN, 'r1', options);
      for (const graph of [CHANNELS_LAST, WITH_SINGLETON]) {
        const found = await maps(graph, 'r1', options);
        for (const [n, { native, logits }] of found.entries()) {
          assertClose(logits, expected[n]!.logits);
          assertClose(native.values, expected[n]!.native.values);
        }
      }
    }
  });

  it('switches channels off whatever the order of the layer’s axes, on real positions only where asked', async () => {
    for (const maskedAlpha of [false, true]) {
      const options: MapOptions = { method: 'ablationcam', relu: false, maskedAlpha };
      const expected = await maps(SMALL_FCN, 'r1', options, 1);
      for (const graph of [CHANNELS_LAST, WITH_SINGLETON]) {
        const found = await maps(graph, 'r1', options, 1);
        for (const [n, { native }] of found.entries()) assertClose(native.values, expected[n]!.native.values);
      }
    }
    const [one] = await maps(SMALL_FCN, 'r1', { method: 'ablationcam', relu: false, maskedAlpha: false }, 1);
    const [two] = await maps(SMALL_FCN, 'r1', { method: 'ablationcam', relu: false, maskedAlpha: true }, 1);
    assert.ok(one!.native.values.some((value, p) => Math.abs(value - two!.native.values[p]!) > 1e-3));
  });

  it('says that the input has no channels to take away', async () => {
    const options: MapOptions = { method: 'ablationcam', relu: false, maskedAlpha: false };
    await assert.rejects(maps(SMALL_FCN, 'x', options, 1), { code: 'layer-is-input' });
  });

  it('runs what lies before the layer once, and nothing the outputs do not need', async () => {
    const classifier = await describeClassifier(BINARY, runtime, { layout: 'NFT' });
    const graph = mapGraph(classifier, layerOrTensor(classifier, 'r1'), GRADCAM);
    const count = (op: string) => graph.nodes.filter((node) => node.op === op).length;
    assert.equal(count('Conv'), 1);
    assert.equal(count('Sigmoid'), 0);
    assert.deepEqual(
      graph.inputs.map(({ name }) => name),
      ['x', 'attribution_target'],
    );
    assert.deepEqual(
      graph.outputs.map(({ name }) => name),
      ['attribution_logits', 'attribution_map', 'attribution_alpha'],
    );
    assert.equal(
      new Set(graph.nodes.flatMap((node) => node.outputs)).size,
      graph.nodes.flatMap((node) => node.outputs).length,
    );
  });

  it('spares the last backward convolution for Grad-CAM, not for HiResCAM', async () => {
    const classifier = await describeClassifier(SMALL_FCN, runtime, { layout: 'NFT' });
    const convolutions = (options: MapOptions) =>
      mapGraph(classifier, layerOrTensor(classifier, 'r1'), options).nodes.filter(
        ({ op }) => op === 'Conv' || op === 'ConvTranspose',
      ).length;
    assert.equal(convolutions(GRADCAM), 2);
    assert.equal(convolutions({ ...GRADCAM, method: 'hirescam' }), 3);
  });

  it('explains one sigmoid output as two classes whose signed maps are opposite', async () => {
    const one = await maps(BINARY, 'r1', GRADCAM, 1);
    const zero = await maps(BINARY, 'r1', GRADCAM, 0);
    for (const [n, { logits, probabilities, predicted, native }] of one.entries()) {
      assert.equal(logits.length, 2);
      assert.ok(Math.abs(probabilities![0]! + probabilities![1]! - 1) < 1e-6);
      assert.ok(Math.abs(probabilities![1]! - 1 / (1 + Math.exp(-logits[1]!))) < 1e-6);
      assert.equal(predicted, logits[1]! > 0 ? 1 : 0);
      assertClose(
        native.values,
        zero[n]!.native.values.map((value) => -value),
      );
    }
  });

  it('takes α over real positions only where that is asked for', async () => {
    const plain = await maps(SMALL_FCN, 'r1', GRADCAM);
    const masked = await maps(SMALL_FCN, 'r1', { ...GRADCAM, maskedAlpha: true });
    assertClose(masked[1]!.native.values, plain[1]!.native.values, 'nothing is padded');
    assert.ok(
      masked[2]!.native.values.some((value, p) => Math.abs(value - plain[2]!.native.values[p]!) > 1e-3),
    );
  });
});

function assertClose(found: Float32Array, expected: Float32Array, what = 'maps agree'): void {
  assert.equal(found.length, expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  assert.ok(
    found.every((value, i) => Math.abs(value - expected[i]!) < 1e-5 * scale),
    what,
  );
}
