import { GraphBuilder } from '../graph/builder.ts';
import { anyOutput } from '../graph/cutGraph.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { Refusal } from '../refusal.ts';
import { type CanonicalAxes, canonicalAxes, inCanonicalOrder } from './canonicalAxes.ts';
import type { MapLayer, MapModel } from './mapGraph.ts';

/**
 * The model with switches for the channels of one layer, so that one loaded session ablates any of them.
 *
 * Inputs: the model's own; `attribution_channels` float32 [N, K], 1 to keep a channel, 0 to set it to zero; where
 * `masked`, `attribution_mask` float32 [N, T'], 1 where the zero applies.
 * Outputs: `attribution_logits` [N, C]; `attribution_activation` [N, K, P…], what the layer has before the switches.
 * @throws Refusal `layer-is-input`
 */
export function channelGraph(model: MapModel, layer: MapLayer, masked: boolean): Graph {
  const { graph, shapes, logits } = model;
  const maker = graph.nodes.findIndex(({ outputs }) => outputs.includes(layer.tensor));
  if (maker < 0) {
    throw new Refusal(
      'layer-is-input',
      `"${layer.tensor}" is no layer but what the model is given: it has no channels to take away. Choose a layer, or occlusion.`,
    );
  }
  const axes = canonicalAxes(layer, shapes);
  const whole = `attribution/whole_${layer.tensor}`;
  const before = graph.nodes.slice(0, maker + 1).map((node) => renamed(node, layer.tensor, whole));
  const switches = new GraphBuilder({ ...graph, nodes: before });
  const rows = graph.inputs[0]?.dims[0] ?? null;
  const channels = switches.input({
    name: 'attribution_channels',
    dtype: 'float32',
    dims: [rows, axes.channels],
  });
  const mask = masked
    ? switches.input({ name: 'attribution_mask', dtype: 'float32', dims: [rows, axes.positions.at(-1)!] })
    : undefined;
  switches.rename(switches.add('Mul', [whole, kept(switches, axes, channels, mask)]), layer.tensor);
  // Everything the later nodes may read has to survive.
  const made = [...before.flatMap(({ outputs }) => outputs.filter((name) => name !== '')), layer.tensor];
  const upTo = switches.build(made.map(anyOutput));

  const builder = new GraphBuilder({
    ...upTo,
    nodes: [...upTo.nodes, ...graph.nodes.slice(maker + 1)],
    constants: new Map([...graph.constants, ...upTo.constants]),
  });
  const activation = inCanonicalOrder(builder, whole, axes);
  return builder.build([
    anyOutput(builder.rename(logits, 'attribution_logits')),
    anyOutput(builder.rename(activation, 'attribution_activation')),
  ]);
}

/** The model alone, with its logits under the name that all graphs of this room share. */
export function plainGraph({ graph, logits }: MapModel): Graph {
  const builder = new GraphBuilder(graph);
  return builder.build([anyOutput(builder.rename(logits, 'attribution_logits'))]);
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

function renamed(node: GraphNode, from: string, to: string): GraphNode {
  return { ...node, outputs: node.outputs.map((name) => (name === from ? to : name)) };
}
