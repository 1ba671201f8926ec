import type { ExplainedModel } from '../../attribution/explainTask.ts';
import type { LayerPositions } from '../../attribution/layerPositions.ts';
import { type MapLayer, mapGraph } from '../../attribution/mapGraph.ts';
import { isContrast } from '../../attribution/score.ts';
import { int } from '../../graph/attributes.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { freeNames } from '../../graph/freeNames.ts';
import type { Graph, ValueInfo } from '../../graph/graph.ts';
import { liveNodes } from '../../graph/liveNodes.ts';
import type { OutputKind } from '../../graph/outputKind.ts';
import { float32, int64 } from '../../graph/tensor.ts';
import { inTopologicalOrder } from '../../graph/topology.ts';

import { type ExplainerOptions, NAMES } from './options.ts';
import { paddingNodes } from './paddingNodes.ts';
import { placeOnInput } from './placeOnInput.ts';
import { preprocessNodes } from './preprocessNodes.ts';
import { columnZones, zoneNodes, zoneShares } from './zoneNodes.ts';

interface ExplainerModel extends ExplainedModel {
  readonly classes: number;
}

/** What stands for "no other class" in `attribution_against`. */
const NOTHING = -2;

type ExplainerLayer = MapLayer & LayerPositions;

/**
 * Prediction and map in one graph: what the extension shows, for any number of instances in one run.
 *
 * Inputs: the model's own, or `series` float64 in its order of axes where the preprocessing is part of the graph;
 * where the padding is told, `length` int64 [N] or `mask` float32 [N, T] (1 = real); where it is asked for, `target`
 * int64 [N], a class or -1 for the predicted one.
 * Outputs: `logits` and `probabilities` [N, C], `predicted` and `explained` int64 [N], `map` [N, F', T] or [N, T] on
 * the steps of the input, nothing normalised; where the padding is told, `zones` int64 [N, T] (0 REAL, 1 MIXED,
 * 2 EMPTY) and `shares` [N, 3] of |map| at the layer's own positions.
 * @param steps T, which the graph is made for
 * @throws Refusal of mapGraph and of the parts
 */
export function explainerGraph(
  model: ExplainerModel,
  layer: ExplainerLayer,
  steps: number,
  options: ExplainerOptions,
  featureNames?: readonly string[],
): Graph {
  const batch = model.input.batch ?? 'batch';
  const contrast = isContrast(options);
  const free = freeNames(mapGraph(model, layer, { ...options, contrast }), new Set(Object.values(NAMES)));
  const builder = new GraphBuilder(free);
  /** Inputs of the map graph that are made here, with what is made. */
  const made = new Map<string, string>();

  const own = free.name(model.input.name);
  const series = options.preprocess
    ? builder.input({ name: NAMES.series, dtype: 'float64', dims: seriesDims(model, batch, steps) })
    : undefined;
  const mask = paddingNodes(builder, options.padding, options.side, batch, steps);
  const zones = mask === undefined ? undefined : zoneNodes(builder, mask, layer, steps);
  if (options.maskedAlpha) made.set('attribution_mask', zones!.real);
  if (model.maskInput) made.set(model.maskInput, mask!);
  const target =
    options.target === 'input'
      ? builder.input({ name: NAMES.target, dtype: 'int64', dims: [batch] })
      : builder.constant(int64([1], [options.target]), 'target');
  made.set('attribution_target', target);
  if (contrast) {
    made.set('attribution_against', builder.constant(int64([1], [options.against ?? NOTHING]), 'against'));
    made.set('attribution_sign', builder.constant(float32([1], [options.negative ? -1 : 1]), 'sign'));
  }
  if (series !== undefined) {
    const { layout, dtype, features } = model.input;
    const input = { layout, dtype, features, steps, names: featureNames };
    made.set(own, preprocessNodes(builder, series, mask!, input, options.preprocess!));
  }

  const outputs: ValueInfo[] = [];
  const output = (name: string, tensor: string, dtype: 'float32' | 'int64', dims: ValueInfo['dims']) =>
    outputs.push({ name: builder.rename(tensor, name), dtype, dims });
  const logits = 'attribution_logits';
  const native = free.outputs.find(({ name }) => name === 'attribution_map')!;
  const rank = native.dims.length;
  output(NAMES.logits, logits, 'float32', [batch, model.classes]);
  const p = probabilities(builder, logits, model.outputIs);
  output(NAMES.probabilities, p, 'float32', [batch, model.classes]);
  const predicted = builder.add('ArgMax', [logits], { axis: int(1), keepdims: int(0) });
  output(NAMES.predicted, predicted, 'int64', [batch]);
  const asked = builder.add('Less', [target, builder.constant(int64([], [0]), 'zero')]);
  output(NAMES.explained, builder.add('Where', [asked, predicted, target]), 'int64', [batch]);
  const map = placeOnInput(builder, native.name, rank, layer, steps);
  output(NAMES.map, map, 'float32', [batch, ...native.dims.slice(1, -1), steps]);
  if (zones) {
    output(NAMES.zones, columnZones(builder, mask!, zones, layer, steps), 'int64', [batch, steps]);
    output(NAMES.shares, zoneShares(builder, native.name, rank, zones), 'float32', [batch, 3]);
  }
  return assembled(builder, outputs, made, { own, batch, steps, layout: model.input.layout });
}

function probabilities(builder: GraphBuilder, logits: string, outputIs: OutputKind): string {
  if (outputIs === 'probabilities') return builder.add('Identity', [logits]);
  if (outputIs === 'sigmoid') return builder.add('Sigmoid', [logits]);
  return builder.add('Softmax', [logits], { axis: int(1) });
}

function seriesDims({ input }: ExplainerModel, batch: number | string, steps: number): ValueInfo['dims'] {
  const sizes: Readonly<Record<string, number | string>> = { N: batch, F: input.features, T: steps, 1: 1 };
  return [...input.layout].map((axis) => sizes[axis]!);
}

/** The graph with the inputs that are left, everything made before it is read. */
function assembled(
  builder: GraphBuilder,
  outputs: readonly ValueInfo[],
  made: ReadonlyMap<string, string>,
  { own, batch, steps, layout }: { own: string; batch: number | string; steps: number; layout: string },
): Graph {
  const before = [...made].map(([input, tensor]) => ({
    name: builder.rename(tensor, input),
    dtype: null,
    dims: [],
  }));
  const graph = builder.build([...outputs, ...before]);
  const inputs = graph.inputs
    .filter(({ name }) => !made.has(name))
    .map((info) =>
      info.name === own
        ? { ...info, dims: info.dims.map((dim, i) => ({ N: batch, T: steps })[layout[i]!] ?? dim) }
        : info,
    );
  const known = new Set([...graph.constants.keys(), ...inputs.map(({ name }) => name)]);
  const names = outputs.map(({ name }) => name);
  return { ...graph, inputs, outputs, nodes: liveNodes(inTopologicalOrder(graph.nodes, known), names) };
}
