import assert from 'node:assert/strict';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import type { MapOptions } from '../../../src/attribution/mapGraph.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { NO_ANSWER_TO_ZEROS, openSmall, SMALL_FCN, smallSeries } from './smallModels.ts';

const GRADCAM: MapOptions = { method: 'gradcam', relu: true, maskedAlpha: false };

describe('explaining prepared instances', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  async function explain(
    graph: Graph,
    tensor: string,
    options: MapOptions,
    more: { lengths?: number[]; target?: number } = {},
  ) {
    const task = await openSmall(graph, runtime, tensor, options);
    const prepared = (more.lengths ?? [5, 12]).map((length, seed) => smallSeries(seed, length));
    return explainPrepared({ ...task, prepared, target: more.target ?? -1, classNames: ['a', 'b', 'c'] });
  }

  it('says what was predicted and which class is explained', async () => {
    const [one] = await explain(SMALL_FCN, 'r2', GRADCAM);
    assert.equal(one!.predicted, one!.logits.indexOf(Math.max(...one!.logits)));
    assert.equal(one!.target, one!.predicted);
    assert.ok(Math.abs(one!.probabilities!.reduce((sum, p) => sum + p, 0) - 1) < 1e-6);
    const [other] = await explain(SMALL_FCN, 'r2', GRADCAM, { target: 2 });
    assert.equal(other!.target, 2);
    assert.deepEqual(other!.logits, one!.logits);
  });

  it('gives zones and shares of each instance by its own mask', async () => {
    const [short, full] = await explain(SMALL_FCN, 'r1', { ...GRADCAM, relu: false });
    assert.deepEqual(short!.zones, [
      { zone: 'REAL', from: 0, to: 5 },
      { zone: 'MIXED', from: 5, to: 6 },
      { zone: 'EMPTY', from: 6, to: 12 },
    ]);
    assert.equal(short!.shares.EMPTY.positions, 0.5);
    assert.deepEqual(full!.zones, [{ zone: 'REAL', from: 0, to: 12 }]);
    assert.equal(full!.shares.REAL.map, 1);
  });

  it('runs any number of instances in order', async () => {
    const lengths = Array.from({ length: 150 }, (_, i) => 1 + (i % 12));
    const all = await explain(SMALL_FCN, 'r1', GRADCAM, { lengths });
    const [last] = await explain(SMALL_FCN, 'r1', GRADCAM, {
      lengths: lengths.slice(149).map(() => lengths[149]!),
    });
    assert.equal(all.length, 150);
    assert.deepEqual(all[149]!.zones, last!.zones);
  });

  it('runs a model of a fixed batch in groups of that size', async () => {
    const fixed: Graph = { ...SMALL_FCN, inputs: [{ name: 'x', dtype: 'float32', dims: [2, 3, 12] }] };
    const options = { ...GRADCAM, maskedAlpha: true };
    const found = await explain(fixed, 'r1', options, { lengths: [5, 12, 7] });
    const free = await explain(SMALL_FCN, 'r1', options, { lengths: [5, 12, 7] });
    for (const [n, { native }] of found.entries()) {
      for (const [p, value] of native.values.entries())
        assert.ok(Math.abs(value - free[n]!.native.values[p]!) < 1e-5);
    }
  });

  it('says why a map is zero: negative before the ReLU', async () => {
    // All weights of class 0 are negative, all activations positive: no position speaks for it.
    const graph = withConstant(SMALL_FCN, 'w3', [-1, -1, -1, -1, 1, 1, 1, 1, 1, 1, 1, 1]);
    const [one] = await explain(graph, 'r2', GRADCAM, { target: 0 });
    assert.equal(one!.findings[0]!.code, 'all-negative-map');
    assert.match(one!.findings[0]!.sentence, /against a /);
    const [signed] = await explain(graph, 'r2', { ...GRADCAM, relu: false }, { target: 0 });
    assert.deepEqual(signed!.findings, []);
  });

  it('says why a map is zero: no gradient, no activation', async () => {
    const dead = withConstant(SMALL_FCN, 'b2', [-1e6, -1e6, -1e6, -1e6]);
    assert.equal((await explain(dead, 'r1', GRADCAM))[0]!.findings[0]!.code, 'zero-gradient');
    assert.equal(
      (await explain(dead, 'r1', { ...GRADCAM, method: 'hirescam' }))[0]!.findings[0]!.code,
      'zero-gradient',
    );
    const [one] = await explain(dead, 'r2', GRADCAM);
    assert.equal(one!.findings[0]!.code, 'zero-activation');
    assert.deepEqual(one!.shares.REAL, { map: 0, positions: 5 / 12 });
  });

  it('says when there is no real position to weigh', async () => {
    const [one] = await explain(SMALL_FCN, 'r1', { ...GRADCAM, maskedAlpha: true }, { lengths: [0] });
    assert.deepEqual(
      one!.findings.map(({ code }) => code),
      ['no-real-position'],
    );
    assert.ok(one!.native.values.every((value) => value === 0));
  });

  it('refuses answers that are not finite, naming the instance', async () => {
    const task = await openSmall(SMALL_FCN, runtime, 'r1', GRADCAM);
    const broken = smallSeries(1, 12);
    broken.x[4] = Number.NaN;
    await assert.rejects(
      explainPrepared({ ...task, prepared: [smallSeries(0, 12), broken], target: -1 }),
      (error) => error instanceof Refusal && error.code === 'not-finite' && /instance 1 /.test(error.message),
    );
  });

  it('says that integrated gradients cannot be checked from a baseline without an answer', async () => {
    const options = { ...GRADCAM, method: 'integrated-gradients' } as const;
    const task = await openSmall(NO_ANSWER_TO_ZEROS, runtime, 'x', options);
    const [one] = await explainPrepared({ ...task, prepared: [smallSeries(0, 12)], target: -1 });
    assert.deepEqual(
      one!.findings.map(({ code, severity }) => [code, severity]),
      [['completeness-gap', 'warning']],
    );
    assert.match(one!.findings[0]!.sentence, /no finite answer.*another baseline\.$/);
  });

  it('refuses a class the model does not have', async () => {
    await assert.rejects(explain(SMALL_FCN, 'r1', GRADCAM, { target: 3 }), /no class 3.*0 to 2/);
  });
});

function withConstant(graph: Graph, name: string, values: readonly number[]): Graph {
  const { dims } = graph.constants.get(name)!;
  return { ...graph, constants: new Map([...graph.constants, [name, float32(dims, values)]]) };
}
