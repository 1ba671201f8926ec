import { intOf } from './attributes.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { Track } from './receptive/track.ts';
import { namesRead } from './topology.ts';

/**
 * What a tensor is by the convolutions above it: none; the map of one, as it is or normalised, activated, gated, joined
 * with others; a dense layer's, step by step; of what attention, recurrence or a dense layer along time made of one.
 */
type Kind = 'none' | 'map' | 'dense' | 'mixed';

/** A tensor, and how many convolutions lie one behind the other above it. */
interface Convolved {
  readonly kind: Kind;
  readonly depth: number;
}

const NONE: Convolved = { kind: 'none', depth: 0 };
/** What of several maps is one; in a product the others only weigh it. */
export const JOINS = new Set(['Add', 'Sum', 'Sub', 'Concat']);
const MIXERS = new Set(['LSTM', 'GRU', 'RNN', 'Attention', 'Loop', 'Scan', 'Einsum', 'DFT']);

/** Every tensor of a graph in order; those that are not listed rest on no convolution. */
export function convolved(graph: Graph, tracks: ReadonlyMap<string, Track>): ReadonlyMap<string, Convolved> {
  const found = new Map<string, Convolved>();
  for (const node of graph.nodes) {
    const read = namesRead(node)
      .filter((name) => tracks.has(name))
      .map((name) => found.get(name) ?? NONE);
    const made = outcome(node, read, tracks);
    if (made.kind === 'none') continue;
    for (const output of node.outputs) found.set(output, made);
  }
  return found;
}

/** Whether a node convolves. */
export function isConv({ op }: GraphNode): boolean {
  return op === 'Conv' || op === 'ConvTranspose';
}

function outcome(node: GraphNode, read: readonly Convolved[], tracks: ReadonlyMap<string, Track>): Convolved {
  const depth = Math.max(0, ...read.map((one) => one.depth));
  if (isConv(node)) return { kind: 'map', depth: depth + 1 };
  if (MIXERS.has(node.op) || mixesTime(node, tracks)) return { kind: 'mixed', depth };
  const kinds = new Set(read.map(({ kind }) => kind));
  if (kinds.has('mixed')) return { kind: 'mixed', depth };
  if (node.op === 'MatMul' || node.op === 'Gemm') return { kind: depth > 0 ? 'dense' : 'none', depth };
  if (!kinds.has('map')) return { kind: kinds.has('dense') ? 'dense' : 'none', depth };
  if (!kinds.has('dense') || !JOINS.has(node.op)) return { kind: 'map', depth };
  // ConvNeXt's blocks end so: what is added has a convolution of its own below its dense layers.
  const deepest = (of: Kind) => Math.max(...read.map(({ kind, depth }) => (kind === of ? depth : 0)));
  return { kind: deepest('dense') > deepest('map') ? 'map' : 'dense', depth };
}

/** Attention's weights and products, and dense layers whose sums run along time. */
function mixesTime(node: GraphNode, tracks: ReadonlyMap<string, Track>): boolean {
  const [left, right] = node.inputs.map((name) => tracks.get(name)?.roles);
  if (node.op === 'Softmax') return left?.at(intOf(node, 'axis') ?? -1) === 'time';
  if (node.op !== 'MatMul' && node.op !== 'Gemm') return false;
  if (left && right) return true;
  const summed =
    left?.at(intOf(node, 'transA') === 1 ? -2 : -1) ?? right?.at(intOf(node, 'transB') === 1 ? -1 : -2);
  return summed === 'time';
}
