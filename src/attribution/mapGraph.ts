import { GraphBuilder } from '../graph/builder.ts';
import { ReversePass } from '../graph/gradient/backward.ts';
import type { Graph, ValueInfo } from '../graph/graph.ts';
import type { Shapes } from '../graph/shapes.ts';
import { Refusal } from '../refusal.ts';
import { canonicalAxes, inCanonicalOrder, type MapAxes } from './canonicalAxes.ts';
import { meanGradient, positionSum } from './meanGradient.ts';
import type { FeatureMap } from './methods/method.ts';
import { type MethodId, methodNamed } from './methods.ts';
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

/** How the map in a graph is made. */
export interface MapOptions {
  /** One whose map is part of a graph. */
  readonly method: MethodId;
  /** Zero what speaks against the class. */
  readonly relu: boolean;
  /** Sum over real positions only, e.g. Grad-CAM's α = Σ m g / Σ m. */
  readonly maskedAlpha: boolean;
  /** Two more inputs: what the class is set against, and the sign of the score. */
  readonly contrast?: boolean;
}

/**
 * The model with its attribution: ONE run gives the logits and the map, and what lies before the layer runs once.
 *
 * Inputs: the model's own; `attribution_target` int64 [N], the class index or -1 for the predicted class; where
 * `contrast`, `attribution_against` int64 [N] (class index, -1 for the most probable of the others, -2 for none) and
 * `attribution_sign` float32 [N] (1 or -1); where `maskedAlpha`, `attribution_mask` float32 [N, T'], 1 at the layer's
 * real positions.
 * Outputs: `attribution_logits` [N, C]; `attribution_map` [N, T'] or [N, F', T'], feature-major whatever the order of
 * the layer's own axes (where its rows are no features, the mean over them); `attribution_alpha` [N, K], the mean gradient per channel (the input has one); where `relu`,
 * `attribution_lowest` [N], the least value of the map before the ReLU.
 * @throws Refusal `unsupported-operator`, `no-gradient-path`, `logits-shape`.
 */
export function mapGraph(model: MapModel, layer: MapLayer, options: MapOptions): Graph {
  const method = methodNamed(options.method);
  if (method.kind !== 'graph') throw new Error(`${method.id} has no map graph`);
  return gradientGraph(model, layer, options, (builder, features) => method.map(builder, features));
}

/** A map graph with nodes of one's own for the map, e.g. the gradient as it is. */
export function gradientGraph(...asked: Parameters<typeof appendGradient>): Graph {
  const { builder, outputs } = appendGradient(...asked);
  return builder.build(outputs);
}

/** The same before it is put together: all it takes to know whether it can be. */
export function appendGradient(
  { graph, shapes, logits }: MapModel,
  layer: MapLayer,
  { relu, maskedAlpha, contrast = false }: Omit<MapOptions, 'method'>,
  map: (builder: GraphBuilder, features: FeatureMap) => string,
): { readonly builder: GraphBuilder; readonly outputs: readonly ValueInfo[] } {
  const builder = new GraphBuilder(graph);
  const classes = classCount(shapes, logits);
  const rows = graph.inputs[0]?.dims[0] ?? null;
  const int64 = (name: string) => builder.input({ name, dtype: 'int64', dims: [rows] });
  const seed = targetSeed(builder, logits, classes, {
    target: int64('attribution_target'),
    ...(contrast && {
      against: int64('attribution_against'),
      sign: builder.input({ name: 'attribution_sign', dtype: 'float32', dims: [rows] }),
    }),
  });
  const axes = canonicalAxes(layer, shapes);
  const mask = maskedAlpha
    ? builder.input({ name: 'attribution_mask', dtype: 'float32', dims: [rows, axes.positions.at(-1)!] })
    : undefined;

  const from = { tensor: logits, gradient: seed };
  const pass = new ReversePass(builder, { shapes, from, at: layer.tensor });
  const alpha = meanGradient(pass, layer.tensor, axes, mask);
  const signed = map(builder, {
    activation: inCanonicalOrder(builder, layer.tensor, axes),
    positions: axes.positions,
    gradient: () => inCanonicalOrder(builder, pass.gradient(layer.tensor)!, axes),
    meanGradient: () => alpha,
    sum: (tensor) => positionSum(builder, tensor, axes, mask),
  });

  const drawn = axes.averaged ? builder.reduce('ReduceMean', signed, [1], false) : signed;
  const positions = axes.averaged ? axes.positions.slice(1) : axes.positions;
  const outputs: ValueInfo[] = [];
  const output = (name: string, tensor: string, dims: ValueInfo['dims']) =>
    outputs.push({ name: builder.rename(tensor, name), dtype: 'float32', dims });
  output('attribution_logits', logits, [rows, classes]);
  output('attribution_map', relu ? builder.add('Relu', [drawn]) : drawn, [rows, ...positions]);
  output('attribution_alpha', alpha, [rows, axes.channels]);
  if (relu) {
    const all = positions.map((_, axis) => axis + 1);
    output('attribution_lowest', builder.reduce('ReduceMin', drawn, all, false), [rows]);
  }
  return { builder, outputs };
}

/** @throws Refusal `logits-shape` */
export function classCount(shapes: Shapes, logits: string): number {
  const dims = shapes.dims(logits) ?? [];
  const classes = dims[1];
  if (dims.length !== 2 || classes === undefined) {
    throw new Refusal(
      'logits-shape',
      `A class map needs logits of shape [instances, classes], but "${logits}" is [${dims.join(', ')}].`,
    );
  }
  return classes;
}
