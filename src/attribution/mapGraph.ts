import { GraphBuilder } from '../graph/builder.ts';
import { ReversePass } from '../graph/gradient/backward.ts';
import type { Graph, ValueInfo } from '../graph/graph.ts';
import type { Shapes } from '../graph/shapes.ts';
import { Refusal } from '../refusal.ts';
import { canonicalAxes, inCanonicalOrder, type MapAxes } from './canonicalAxes.ts';
import type { MethodId } from './explanation.ts';
import { meanGradient } from './meanGradient.ts';
import { methodNamed } from './methods.ts';
import { targetSeed } from './targetSeed.ts';

/** What a map graph needs to know of a classifier. */
export interface MapModel {
  readonly graph: Graph;
  /** Tensor [N, C] before any final softmax or sigmoid. */
  readonly logits: string;
  readonly shapes: Shapes;
}

/** Where the map is taken. */
export interface MapLayer {
  readonly tensor: string;
  readonly axes: MapAxes;
}

export interface MapOptions {
  readonly method: MethodId;
  /** Zero what speaks against the class. */
  readonly relu: boolean;
  /** Take Grad-CAM's α over real positions only: α = Σ m g / Σ m. */
  readonly maskedAlpha: boolean;
}

/**
 * The model with its attribution: ONE run gives the logits and the map, and what lies before the layer runs once.
 *
 * Inputs: the model's own; `attribution_target` int64 [N], the class index or -1 for the predicted class; where
 * `maskedAlpha`, `attribution_mask` float32 [N, T'], 1 at the layer's real positions.
 * Outputs: `attribution_logits` [N, C]; `attribution_map` [N, T'] or [N, F', T'], feature-major whatever the order of
 * the layer's own axes; `attribution_alpha` [N, K], the mean gradient per channel; where `relu`,
 * `attribution_lowest` [N], the least value of the map before the ReLU.
 * @throws Refusal `unsupported-operator`, `no-gradient-path`, `logits-shape`.
 */
export function mapGraph(model: MapModel, layer: MapLayer, { method, relu, maskedAlpha }: MapOptions): Graph {
  const { graph, shapes } = model;
  const builder = new GraphBuilder(graph);
  const logitDims = shapes.dims(model.logits) ?? [];
  const [batch, classes] = logitDims;
  if (logitDims.length !== 2 || batch === undefined || classes === undefined) {
    throw new Refusal(
      'logits-shape',
      `A class map needs logits of shape [instances, classes], but "${model.logits}" is [${logitDims.join(', ')}].`,
    );
  }
  const rows = graph.inputs[0]?.dims[0] ?? null;
  const target = builder.input({ name: 'attribution_target', dtype: 'int64', dims: [rows] });
  const seed = targetSeed(builder, model.logits, classes, target);
  const axes = canonicalAxes(layer, shapes);
  const mask = maskedAlpha
    ? builder.input({ name: 'attribution_mask', dtype: 'float32', dims: [rows, axes.positions.at(-1)!] })
    : undefined;

  const from = { tensor: model.logits, gradient: seed };
  const pass = new ReversePass(builder, { shapes, from, at: layer.tensor });
  const alpha = meanGradient(pass, layer.tensor, axes, mask);
  const signed = methodNamed(method).map(builder, {
    activation: inCanonicalOrder(builder, layer.tensor, axes),
    positions: axes.positions,
    gradient: () => inCanonicalOrder(builder, pass.gradient(layer.tensor)!, axes),
    meanGradient: () => alpha,
  });

  const outputs: ValueInfo[] = [];
  const output = (name: string, tensor: string, dims: ValueInfo['dims']) =>
    outputs.push({ name: builder.rename(tensor, name), dtype: 'float32', dims });
  output('attribution_logits', model.logits, [rows, classes]);
  output('attribution_map', relu ? builder.add('Relu', [signed]) : signed, [rows, ...axes.positions]);
  output('attribution_alpha', alpha, [rows, axes.channels]);
  if (relu) {
    const positions = axes.positions.map((_, axis) => axis + 1);
    output('attribution_lowest', builder.reduce('ReduceMin', signed, positions, false), [rows]);
  }
  return builder.build(outputs);
}
