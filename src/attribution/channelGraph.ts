import { GraphBuilder } from '../graph/builder.ts';
import { constantValues } from '../graph/constantValue.ts';
import { anyOutput, cutGraph } from '../graph/cutGraph.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import type { Shapes } from '../graph/shapes.ts';
import { namesRead } from '../graph/topology.ts';
import { Refusal } from '../refusal.ts';
import { type CanonicalAxes, canonicalAxes, inCanonicalOrder, takenApart } from './canonicalAxes.ts';
import type { MapLayer, MapModel } from './mapGraph.ts';

/**
 * The model with switches for the channels of one layer, so that one loaded session ablates any of them.
 *
 * Inputs: the model's own, of N instances or, where `sharesSeries`, of one; `attribution_channels` float32 [N, K], 1 to
 * keep a channel, 0 to set it to zero; where `masked`, `attribution_mask` float32 [N, T'], 1 where the zero applies.
 * Outputs: `attribution_logits` [N, C]; `attribution_activation` [N or 1, K, P…], what the layer has before the switches.
 * @throws Refusal `layer-is-input`
 */
export function channelGraph(model: MapModel, layer: MapLayer, masked: boolean): Graph {
  const { graph, shapes, logits } = model;
  const { front, crossing } = cutBehind(model, layer);
  const axes = canonicalAxes(layer, shapes);
  const rows = graph.inputs[0]?.dims[0] ?? null;
  const count = typeof rows === 'number' ? rows : null;
  const builder = cutGraph(graph, front, (switches) => {
    const channels = switches.input({
      name: 'attribution_channels',
      dtype: 'float32',
      dims: [count, axes.channels],
    });
    const mask = masked
      ? switches.input({ name: 'attribution_mask', dtype: 'float32', dims: [count, axes.positions.at(-1)!] })
      : undefined;
    const apart = takenApart(switches, layer.tensor, axes);
    const lit = switches.add('Mul', [apart, kept(switches, axes, channels, mask)]);
    const switched = axes.parts ? asItLay(switches, lit, layer.tensor, shapes) : lit;
    const instead = new Map([[layer.tensor, switched]]);
    if (!sharesSeries(model, layer)) return { instead };
    const all = switches.slice(switches.shapeOf(channels), [0], [0], [1]);
    for (const name of crossing.filter((each) => shapes.batchAxis(each) === 0)) {
      const ones = switches.ints(
        shapes
          .dims(name)!
          .slice(1)
          .map(() => 1),
      );
      instead.set(name, switches.add('Expand', [name, switches.concat([all, ones], 0)]));
    }
    return { instead, kept: [layer.tensor] };
  });
  const activation = inCanonicalOrder(builder, layer.tensor, axes);
  return builder.build([
    anyOutput(builder.rename(logits, 'attribution_logits')),
    anyOutput(builder.rename(activation, 'attribution_activation')),
  ]);
}

/**
 * Whether what lies before the layer, and beside it, may run on one instance for all rows: the number of instances is
 * free, and nothing that goes past the layer holds it in another place than its first axis.
 */
export function sharesSeries(model: MapModel, layer: MapLayer): boolean {
  const { graph, shapes } = model;
  if (graph.inputs.some(({ dims }) => typeof dims[0] === 'number')) return false;
  const constants = constantValues(graph);
  return cutBehind(model, layer).crossing.every((name) => {
    const axis = shapes.batchAxis(name);
    if (axis === 0) return shapes.lengths(name).size === 0 && shapes.dims(name)![0] === shapes.batch;
    return axis === null && (constants.has(name) || shapes.integers(name) !== undefined);
  });
}

/** What does not rest on the layer, and what the rest of the model reads of that besides the layer. */
function cutBehind({ graph, logits }: MapModel, { tensor }: MapLayer) {
  if (!graph.nodes.some(({ outputs }) => outputs.includes(tensor))) {
    throw new Refusal(
      'layer-is-input',
      `"${tensor}" is no layer but what the model is given: it has no channels to take away. Choose a layer, or occlusion.`,
    );
  }
  const live = liveNodes(graph.nodes, [logits]);
  const resting = new Set([tensor]);
  const rest = new Set<GraphNode>();
  for (const node of graph.nodes) {
    if (!namesRead(node).some((name) => resting.has(name))) continue;
    rest.add(node);
    for (const output of node.outputs) resting.add(output);
  }
  const read = new Set(live.filter((node) => rest.has(node)).flatMap(namesRead));
  return {
    front: graph.nodes.filter((node) => !rest.has(node)),
    crossing: [...read].filter((name) => !resting.has(name)),
  };
}

/** The model alone, with its logits under the name that all graphs of this room share. */
export function plainGraph({ graph, logits }: MapModel): Graph {
  const builder = new GraphBuilder(graph);
  return builder.build([anyOutput(builder.rename(logits, 'attribution_logits'))]);
}

/** What was taken apart as the model lays it, for however many instances. */
function asItLay(builder: GraphBuilder, lit: string, tensor: string, shapes: Shapes): string {
  const axis = shapes.batchAxis(tensor);
  return axis === null
    ? builder.reshapeLike(lit, tensor)
    : builder.reshape(lit, shapes.dims(tensor)!.with(axis, -1));
}

/** 1 − (1 − channels)·mask, in the order of the tensor's own axes. */
function kept(
  builder: GraphBuilder,
  { perm, positions }: CanonicalAxes,
  channels: string,
  mask: string | undefined,
): string {
  const rank = perm.length;
  const axesFrom = (first: number) => Array.from({ length: rank - first }, (_, i) => first + i);
  const wide = builder.unsqueeze(channels, axesFrom(2));
  const time = 1 + positions.length;
  const factor =
    mask === undefined
      ? wide
      : builder.add('Sub', [
          builder.scalar(1),
          builder.add('Mul', [
            builder.add('Sub', [builder.scalar(1), wide]),
            builder.unsqueeze(
              mask,
              axesFrom(1).filter((axis) => axis !== time),
            ),
          ]),
        ]);
  const back = perm.map((_, axis) => perm.indexOf(axis));
  return builder.transpose(factor, back);
}
