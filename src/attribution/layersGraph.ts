import { GraphBuilder } from '../graph/builder.ts';
import { ReversePass } from '../graph/gradient/backward.ts';
import type { Graph, ValueInfo } from '../graph/graph.ts';
import { canonicalAxes, inCanonicalOrder } from './canonicalAxes.ts';
import { classCount, type MapLayer, type MapModel } from './mapGraph.ts';
import { meanGradient, positionSum } from './meanGradient.ts';
import { gradcam } from './methods/gradcam.ts';
import { hirescam } from './methods/hirescam.ts';
import type { FeatureMap } from './methods/method.ts';

import { targetSeed } from './targetSeed.ts';

/** Names of what the graph of several layers takes and gives for one of them. */
export const layerTensors = (layer: number) => ({
  mask: `attribution_mask_${layer}`,
  gradcam: `attribution_gradcam_${layer}`,
  maskedAlpha: `attribution_masked_${layer}`,
  hirescam: `attribution_hirescam_${layer}`,
});

/**
 * Signed Grad-CAM, masked-α Grad-CAM and HiResCAM of one class at several layers in ONE run: the model runs once
 * forward, and the gradient goes back once, to all of the layers.
 *
 * Inputs: the model's own; `attribution_target` int64 [N]; per layer its mask float32 [N, T'], 1 at real positions.
 * Outputs: per layer the three maps [N, T'] or [N, F', T'], as mapGraph gives them one by one.
 * @throws Refusal as mapGraph does.
 */
export function layersGraph(model: MapModel, layers: readonly MapLayer[]): Graph {
  const { graph, shapes, logits } = model;
  const builder = new GraphBuilder(graph);
  const rows = graph.inputs[0]?.dims[0] ?? null;
  const target = builder.input({ name: 'attribution_target', dtype: 'int64', dims: [rows] });
  const seed = targetSeed(builder, logits, classCount(shapes, logits), { target });
  const pass = new ReversePass(builder, {
    shapes,
    from: { tensor: logits, gradient: seed },
    at: [...new Set(layers.map(({ tensor }) => tensor))],
  });
  const outputs = layers.flatMap((layer, i): ValueInfo[] => {
    const axes = canonicalAxes(layer, shapes);
    const names = layerTensors(i);
    const dims = [rows, axes.positions.at(-1)!];
    const mask = builder.input({ name: names.mask, dtype: 'float32', dims });
    const features = (alpha: string): FeatureMap => ({
      activation: inCanonicalOrder(builder, layer.tensor, axes),
      positions: axes.positions,
      gradient: () => inCanonicalOrder(builder, pass.gradient(layer.tensor)!, axes),
      meanGradient: () => alpha,
      sum: (tensor) => positionSum(builder, tensor, axes, undefined),
    });
    const [plain, masked] = [undefined, mask].map((only) =>
      features(meanGradient(pass, layer.tensor, axes, only)),
    ) as [FeatureMap, FeatureMap];
    const output = (name: string, map: string): ValueInfo => ({
      name: builder.rename(map, name),
      dtype: 'float32',
      dims: [rows, ...axes.positions],
    });
    return [
      output(names.gradcam, gradcam.map(builder, plain)),
      output(names.maskedAlpha, gradcam.map(builder, masked)),
      output(names.hirescam, hirescam.map(builder, plain)),
    ];
  });
  return builder.build(outputs);
}
