import { intsOf } from './attributes.ts';
import { convolved, isConv, JOINS } from './convolved.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { LayerPlace } from './layerAxes.ts';
import type { Chain } from './layerChains.ts';
import type { Track } from './receptive/track.ts';
import type { Shapes } from './shapes.ts';

/** What a person looks for in the list of layers. */
export const LAYER_MARKS = [
  ...['first conv', 'last conv', 'last conv block', '2-D block', 'rows averaged'],
  ...['one channel', 'one-channel bottleneck follows'],
] as const;

/** Those of each layer. @param reached tensors that a gradient of the answer comes to */
export function layerMarks(
  graph: Graph,
  shapes: Shapes,
  tracks: ReadonlyMap<string, Track>,
  layers: readonly { readonly chain: Chain; readonly place: LayerPlace }[],
  reached: ReadonlySet<string>,
): string[][] {
  const maps = convolved(graph, tracks);
  const last = lastMap(graph, tracks, maps, layers, reached);
  const ranks = new Set<number>();
  const readers = readersOf(graph);
  return layers.map(({ chain, place }, i) => {
    const first = chain.nodes.some((node) => isConv(node) && maps.get(node.outputs[0]!)?.depth === 1);
    const marks: (typeof LAYER_MARKS)[number][] = [];
    // One of each rank: where branches begin side by side, the first to be written.
    const isFirst = first && !ranks.has(place.shape.length);
    if (first) ranks.add(place.shape.length);
    if (isFirst) marks.push('first conv');
    if (place.axes.averaged) marks.push('rows averaged');
    else if (place.axes.feature !== null) marks.push('2-D block');
    if (i === last) marks.push(chain.nodes.some(isConv) ? 'last conv' : 'last conv block');
    if (place.shape[0] === 1) marks.push('one channel');
    if (oneChannelFollows(readers.get(chain.tensor) ?? [], shapes))
      marks.push('one-channel bottleneck follows');
    return marks;
  });
}

/** Of the maps behind most convolutions the last: the convolution itself, or the sum or concatenation its block ends in. */
function lastMap(
  { nodes: all }: Graph,
  tracks: ReadonlyMap<string, Track>,
  maps: ReadonlyMap<string, { readonly kind: string; readonly depth: number }>,
  layers: readonly { readonly chain: Chain }[],
  reached: ReadonlySet<string>,
): number {
  const isCut = (tensor: string) => !reached.has(tensor);
  const allCut = layers.every(({ chain }) => isCut(chain.tensor));
  const depths = layers.map(({ chain: { nodes, tensor } }) => {
    if (isCut(tensor) && !allCut) return 0;
    const { kind, depth } = maps.get(tensor) ?? { kind: 'none', depth: 0 };
    const [{ op, inputs }] = nodes as readonly [GraphNode];
    // A map times a mask is nobody's layer; a norm or activation by itself leads elsewhere, as to the scores of a pooling.
    const joins = JOINS.has(op) && (op !== 'Concat' || sources(all, inputs, tracks, maps).size > 1);
    const isBlock =
      joins || (op === 'Mul' && inputs[0] !== inputs[1] && inputs.every((name) => maps.has(name)));
    return kind === 'map' && (isBlock || nodes.some(isConv)) ? depth : 0;
  });
  const most = Math.max(0, ...depths);
  return most === 0 ? -1 : depths.lastIndexOf(most);
}

/** Convolutions, joins and what rests on none of them that tensors are made of: a concatenation of one is no block's end. */
function sources(
  nodes: readonly GraphNode[],
  tensors: readonly string[],
  tracks: ReadonlyMap<string, Track>,
  maps: ReadonlyMap<string, { readonly kind: string }>,
): Set<string> {
  const made = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const [found, seen] = [new Set<string>(), new Set<string>()];
  const left = [...tensors];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    // What rests on shapes alone carries nothing.
    if (seen.has(name) || !tracks.has(name)) continue;
    seen.add(name);
    const node = made.get(name);
    if (!node || !maps.has(name) || isConv(node) || JOINS.has(node.op)) found.add(name);
    else left.push(...node.inputs);
  }
  return found;
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
