import assert from 'node:assert/strict';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import { realOf } from '../../../src/attribution/feeds.ts';
import { layersGraph, layerTensors } from '../../../src/attribution/layersGraph.ts';
import type { MapOptions } from '../../../src/attribution/mapGraph.ts';
import { modelFeed } from '../../../src/attribution/modelFeed.ts';
import { float32, int64 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { CHANNELS_LAST, openSmall, SMALL_FCN, smallSeries, WITH_SINGLETON } from './smallModels.ts';

const plain: MapOptions = { method: 'gradcam', relu: false, maskedAlpha: false };
const KINDS = {
  gradcam: plain,
  maskedAlpha: { ...plain, maskedAlpha: true },
  hirescam: { ...plain, method: 'hirescam' },
} as const satisfies Record<string, MapOptions>;

describe('maps of several layers in one run', () => {
  const prepared = [smallSeries(1, 7), smallSeries(2, 12), smallSeries(3, 4)];
  for (const [title, graph] of Object.entries({ SMALL_FCN, CHANNELS_LAST, WITH_SINGLETON })) {
    it(`are those of each layer by itself: ${title}`, async () => {
      const runtime = await openOnnxRuntimeNode();
      const tensors = ['r1', 'c2', 'r2'];
      const { model } = await openSmall(graph, runtime, 'r1', plain);
      const named = model.layers.filter((layer) => tensors.includes(layer.tensor));
      const session = await runtime.load(layersGraph(model, named));
      const masks = named.map((layer, i) => {
        const rows = prepared.map(({ mask }) => [...realOf(layer, mask)]);
        return [layerTensors(i).mask, float32([3, rows[0]!.length], rows.flat())] as const;
      });
      const x = prepared.map((one) => one.x);
      const results = await session.run({
        [model.input.name]: modelFeed(x, 3, 12, model.input.layout),
        attribution_target: int64([3], [1, 1, 1]),
        ...Object.fromEntries(masks),
      });
      await session.dispose();
      for (const [i, layer] of named.entries()) {
        for (const [kind, options] of Object.entries(KINDS) as [keyof typeof KINDS, MapOptions][]) {
          const task = await openSmall(graph, runtime, layer.tensor, options);
          const alone = await explainPrepared({ ...task, prepared, target: 1 });
          const together = results[layerTensors(i)[kind]]!.data as Float32Array;
          alone
            .flatMap(({ native }) => [...native.values])
            .forEach((value, at) => {
              assert.ok(Math.abs(value - together[at]!) < 1e-5, `${layer.tensor} ${kind} ${at}`);
            });
          await task.session.dispose();
        }
      }
      assert.ok(named.length > 1);
    });
  }
});
