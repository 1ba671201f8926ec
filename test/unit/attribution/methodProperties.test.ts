import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import { inputLayer } from '../../../src/attribution/inputLayer.ts';
import type { MapOptions } from '../../../src/attribution/mapGraph.ts';
import type { MethodOptions } from '../../../src/attribution/methodOptions.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import { METHODS } from '../../../src/attribution/methods.ts';
import { int } from '../../../src/graph/attributes.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { openSmall, SMALL_FCN, smallSeries } from './smallModels.ts';

describe('properties of methods', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  const parameters: Partial<MethodOptions> = {
    samples: 5,
    replacement: { kind: 'mean' },
    baseline: { kind: 'mean' },
  };

  for (const { id, label, at, isLinear } of METHODS.filter((method) => method.isLinear)) {
    it(`${label}: map(A − B) = map(A) − map(B), and −A is turned round`, async () => {
      const options: MapOptions = { method: id, relu: false, maskedAlpha: false };
      const task = await openSmall(SMALL_FCN, runtime, 'r1', options);
      const layer = at === 'layer' ? task.layer : inputLayer(task.model.input, 12);
      const session = openMethod((graph) => runtime.load(graph), task.model, layer, options);
      const cases = fc.record({
        seed: fc.nat(1000),
        length: fc.integer({ min: 2, max: 12 }),
        a: fc.nat(2),
        b: fc.nat(2),
      });
      await fc.assert(
        fc.asyncProperty(cases, async ({ seed, length, a, b }) => {
          const prepared = [smallSeries(seed, length)];
          const map = async (target: number, against?: number, negative?: boolean) =>
            (
              await explainPrepared({
                ...{ ...task, layer, session, prepared, parameters, target, against, negative },
              })
            )[0]!.native.values;
          const [ofA, ofB, both, turned] = [
            await map(a),
            await map(b),
            await map(a, b),
            await map(a, b, true),
          ];
          const scale = Math.max(1e-6, ...ofA.map(Math.abs), ...ofB.map(Math.abs));
          for (const [i, value] of both.entries()) {
            assert.ok(Math.abs(value - (ofA[i]! - ofB[i]!)) < 1e-4 * scale);
            assert.ok(Math.abs(value + turned[i]!) < 1e-4 * scale);
          }
        }),
        { numRuns: 8, seed: 5 },
      );
      await session.dispose();
      assert.ok(isLinear);
    });
  }

  it('take a model whose input is float64, to the same numbers', async () => {
    const cast: Graph['nodes'][number] = {
      ...{ op: 'Cast', domain: '', name: 'cast', inputs: ['x'], outputs: ['narrow'] },
      attributes: { to: int(1) },
    };
    const narrow = (name: string) => (name === 'x' ? 'narrow' : name);
    const wide: Graph = {
      ...SMALL_FCN,
      inputs: [{ name: 'x', dtype: 'float64', dims: ['batch', 3, 12] }],
      nodes: [cast, ...SMALL_FCN.nodes.map((node) => ({ ...node, inputs: node.inputs.map(narrow) }))],
    };
    for (const { id, at } of METHODS) {
      const options: MapOptions = { method: id, relu: false, maskedAlpha: false };
      const maps = async (graph: Graph) => {
        const { model, layer: r1 } = await openSmall(graph, runtime, 'r1', options);
        const layer = at === 'layer' ? r1 : inputLayer(model.input, 12);
        const session = openMethod((each) => runtime.load(each), model, layer, options);
        const prepared = [smallSeries(1, 9)];
        const [one] = await explainPrepared({ model, layer, options, session, prepared, target: 1 });
        await session.dispose();
        return one!.native.values;
      };
      assert.ok(relativeDifference(await maps(wide), await maps(SMALL_FCN)) < 1e-5, id);
    }
  });

  it('real steps only: padding gets exactly nothing from paths, windows and ablations', async () => {
    for (const method of ['integrated-gradients', 'occlusion', 'feature-ablation'] as const) {
      const options: MapOptions = { method, relu: false, maskedAlpha: true };
      const { model } = await openSmall(SMALL_FCN, runtime, 'r1', options);
      const layer = inputLayer(model.input, 12);
      const session = openMethod((graph) => runtime.load(graph), model, layer, options);
      const prepared = [smallSeries(3, 7)];
      const window = { features: 1, steps: 1 };
      const [found] = await explainPrepared({
        ...{ model, layer, options, session, prepared, target: 0 },
        parameters: { ...parameters, window },
      });
      assert.ok(
        found!.native.values.every((value, i) => i % 12 < 7 || value === 0),
        method,
      );
      assert.ok(found!.native.values.some((value) => value !== 0));
      await session.dispose();
    }
  });

  it('stops between runs when it is cancelled, and says how far it is', async () => {
    const options: MapOptions = { method: 'occlusion', relu: false, maskedAlpha: false };
    const { model } = await openSmall(SMALL_FCN, runtime, 'r1', options);
    const layer = inputLayer(model.input, 12);
    const session = openMethod((graph) => runtime.load(graph), model, layer, options);
    const abort = new AbortController();
    const shares: number[] = [];
    const report = (share: number) => {
      shares.push(share);
      if (shares.length === 2) abort.abort(new Error('enough'));
    };
    const task = { model, layer, options, session, prepared: [smallSeries(1, 12)], target: 0 };
    const one = { window: { features: 1, steps: 1 }, stride: { features: 1, steps: 1 } };
    await assert.rejects(
      explainPrepared({ ...task, parameters: one, report, signal: abort.signal }),
      /enough/,
    );
    assert.deepEqual(shares.length, 2);
    await session.dispose();
  });
});
