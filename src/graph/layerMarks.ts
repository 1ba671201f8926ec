import { intsOf } from './attributes.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { LayerPlace } from './layerAxes.ts';
import type { Chain } from './layerChains.ts';
import type { Shapes } from './shapes.ts';
import { namesRead } from './topology.ts';

/** What a person looks for in the list of layers. */
export const LAYER_MARKS = [
  ...['first conv', 'last conv', '2-D block', 'rows averaged'],
  ...['one channel', 'one-channel bottleneck follows'],
] as const;

/** Those of each layer. */
export function layerMarks(
  graph: Graph,
  shapes: Shapes,
  layers: readonly { readonly chain: Chain; readonly place: LayerPlace }[],
): string[][] {
  const convs = convsAbove(graph);
  const isPool = (chain: Chain) => chain.nodes[0]!.op.endsWith('Pool');
  const last = layers.findLastIndex(
    ({ chain, place }) => place.reads !== null && convs.behind.has(chain.tensor) && !isPool(chain),
  );
  const ranks = new Set<number>();
  const readers = readersOf(graph);
  return layers.map(({ chain, place }, i) => {
    const first = chain.nodes.some((node) => isConv(node) && !convs.before.has(node));
    const marks: (typeof LAYER_MARKS)[number][] = [];
    // One of each rank: where branches begin side by side, the first to be written.
    const isFirst = first && !ranks.has(place.shape.length);
    if (first) ranks.add(place.shape.length);
    if (isFirst) marks.push('first conv');
    if (place.axes.averaged) marks.push('rows averaged');
    else if (place.axes.feature !== null) marks.push('2-D block');
    if (i === last) marks.push('last conv');
    if (place.shape[0] === 1) marks.push('one channel');
    if (oneChannelFollows(readers.get(chain.tensor) ?? [], shapes))
      marks.push('one-channel bottleneck follows');
    return marks;
  });
}

function isConv(node: GraphNode): boolean {
  return node.op === 'Conv' || node.op === 'ConvTranspose';
}

/** Tensors behind a convolution, and the convolutions that have another one above them. */
function convsAbove(graph: Graph): { readonly behind: Set<string>; readonly before: Set<GraphNode> } {
  const behind = new Set<string>();
  const before = new Set<GraphNode>();
  for (const node of graph.nodes) {
    const rests = namesRead(node).some((name) => behind.has(name));
    if (rests && isConv(node)) before.add(node);
    if (rests || isConv(node)) {
      for (const output of node.outputs) behind.add(output);
    }
  }
  return { behind, before };
}

/** The only way on is a pointwise convolution to one channel: then every class has the same map up to one factor. */
function oneChannelFollows(readers: readonly GraphNode[], shapes: Shapes): boolean {
  return (
    readers.length === 1 &&
    readers.every((node) => {
      const weights = shapes.dims(node.inputs[1] ?? '');
      const kernel = intsOf(node, 'kernel_shape') ?? weights?.slice(2) ?? [];
      return node.op === 'Conv' && weights?.[0] === 1 && kernel.every((size) => size === 1);
    })
  );
}

function readersOf(graph: Graph): Map<string, GraphNode[]> {
  const readers = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    for (const name of new Set(node.inputs)) {
      const known = readers.get(name);
      if (known) known.push(node);
      else readers.set(name, [node]);
    }
  }
  return readers;
}
