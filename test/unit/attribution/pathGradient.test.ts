import assert from 'node:assert/strict';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import { inputLayer } from '../../../src/attribution/inputLayer.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import type { MethodId } from '../../../src/attribution/methods.ts';
import { affinePrefix } from '../../../src/graph/affinePrefix.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import {
  BINARY,
  BRANCHED,
  CHANNELS_LAST,
  openSmall,
  SMALL_FCN,
  smallSeries,
  WITH_SINGLETON,
} from './smallModels.ts';

/** The same model as its exporter writes it for three instances at a time: every point is a row of its own then. */
function fixedBatch(graph: Graph): Graph {
  const fixed = graph.inputs.map((one) => ({ ...one, dims: [3, ...one.dims.slice(1)] }));
  return { ...graph, inputs: fixed };
}

describe('gradients along a path, summed in the graph', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  async function maps(graph: Graph, method: MethodId, maskedAlpha: boolean): Promise<Float32Array> {
    const options = { method, relu: false, maskedAlpha };
    const { model } = await openSmall(graph, runtime, 'r1', options);
    const layer = inputLayer(model.input, 12);
    const session = openMethod((each) => runtime.load(each), model, layer, options);
    const prepared = [smallSeries(1, 9), smallSeries(2, 12)];
    const found = await explainPrepared({
      ...{ model, layer, options, session, prepared, target: -1, everyClass: true },
      // Two runs, the second of one point fewer.
      parameters: { samples: 35, baseline: { kind: 'mean' } },
    });
    await session.dispose();
    return Float32Array.from(
      found.flatMap(({ classMaps }) => classMaps!.flatMap(({ map }) => [...map.values])),
    );
  }

  const models = { SMALL_FCN, CHANNELS_LAST, WITH_SINGLETON, BINARY, BRANCHED };
  for (const [name, graph] of Object.entries(models)) {
    it(`${name}: as one by one`, async () => {
      for (const method of ['integrated-gradients', 'smoothgrad'] as const) {
        for (const maskedAlpha of [false, true]) {
          const [summed, single] = [
            await maps(graph, method, maskedAlpha),
            await maps(fixedBatch(graph), method, maskedAlpha),
          ];
          assert.ok(summed.some((value) => value !== 0));
          const off = relativeDifference(summed, single);
          assert.ok(off < 1e-5, `${method} ${maskedAlpha}: off by ${off}`);
        }
      }
    });
  }

  it('begin behind all that is affine', async () => {
    const options = { method: 'saliency', relu: false, maskedAlpha: false } as const;
    for (const [graph, expected] of [
      [SMALL_FCN, ['c1']],
      [CHANNELS_LAST, ['l1']],
      [WITH_SINGLETON, ['c1']],
      [BRANCHED, ['x', 'c1', 'c2']],
    ] as const) {
      const { model } = await openSmall(graph, runtime, 'r1', options);
      assert.deepEqual(affinePrefix(graph, 'x', model.logits, model.shapes).frontier, expected);
    }
  });
});
