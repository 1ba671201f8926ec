import { int, intOf, ints, textOf } from './attributes.ts';
import { namesOf } from './freeNames.ts';
import type { Graph, GraphNode } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import { int64, type Tensor } from './tensor.ts';
import { namesRead } from './topology.ts';

const RECURRENT = new Set(['LSTM', 'GRU', 'RNN']);
/** From here on Gather counts from the end of an axis. */
const OLDEST_OPSET = 11;
const [FIRST, SECOND, LAST, APART, TOGETHER] = [
  'attribution_first',
  'attribution_second',
  'attribution_last',
  'attribution_directions',
  'attribution_together',
] as const;
const CONSTANTS: ReadonlyMap<string, Tensor> = new Map([
  [FIRST, int64([], [0])],
  [SECOND, int64([], [1])],
  [LAST, int64([], [-1])],
  [APART, int64([3], [0, 2, -1])],
  [TOGETHER, int64([3], [0, 0, -1])],
]);

/**
 * Last states of recurrent layers of which nothing else is read, as the steps of their sequence that they are: the last
 * one, of the backward direction the first. The numbers are the same, and the sequence then has a gradient.
 * @returns the graph itself where no such state is read; states of series with lengths of their own stay as they are
 */
export function statesOfSequences(graph: Graph): Graph {
  if (graph.opset < OLDEST_OPSET) return graph;
  const outputs = graph.outputs.map(({ name }) => name);
  const read = new Set([...liveNodes(graph.nodes, outputs).flatMap(namesRead), ...outputs]);
  const taken = namesOf(graph);
  if ([...CONSTANTS.keys()].some((name) => taken.has(name))) return graph;
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  let isSame = true;
  const nodes = graph.nodes.flatMap((node) => {
    const [given, state] = node.outputs;
    if (!RECURRENT.has(node.op) || node.domain !== '' || !state || !read.has(state)) return [node];
    // Of two outputs that are read, each has a gradient of its own, as in PyTorch.
    if (given && read.has(given)) return [node];
    // Lengths of the series, or instances first.
    if (node.inputs[4] || intOf(node, 'layout') === 1) return [node];
    isSame = false;
    const sequence = given || free(`${state}_sequence`);
    taken.add(sequence);
    return [
      { ...node, outputs: [sequence, '', ...node.outputs.slice(2)] },
      ...picks(node, sequence, state, free),
    ];
  });
  return isSame ? graph : { ...graph, nodes, constants: new Map([...graph.constants, ...CONSTANTS]) };
}

/** [directions, N, H] of [T, directions, N, H]. */
function picks(
  node: GraphNode,
  sequence: string,
  state: string,
  free: (name: string) => string,
): GraphNode[] {
  let made = 0;
  const add = (
    op: string,
    inputs: readonly string[],
    attributes: GraphNode['attributes'],
    output = free(`${state}_${made}`),
  ): GraphNode => ({
    ...node,
    op,
    name: `${node.name}_state_${made++}`,
    inputs,
    outputs: [output],
    attributes,
  });
  const axis = (at: number) => ({ axis: int(at) });
  const direction = textOf(node, 'direction') ?? 'forward';
  if (direction !== 'bidirectional') {
    return [add('Gather', [sequence, direction === 'reverse' ? FIRST : LAST], axis(0), state)];
  }
  const nodes: GraphNode[] = [];
  const next = (...given: Parameters<typeof add>): string => {
    const made = add(...given);
    nodes.push(made);
    return made.outputs[0]!;
  };
  // [T, N, directions·H], which can be drawn.
  const turned = next('Transpose', [sequence], { perm: ints([0, 2, 1, 3]) });
  const joined = next('Reshape', [turned, TOGETHER], {});
  const half = (step: string, at: string) => {
    const both = next('Reshape', [next('Gather', [joined, step], axis(0)), APART], {});
    return next('Gather', [both, at], axis(1));
  };
  // Joined as features the two are no steps of a series.
  const ends = next('Concat', [half(LAST, FIRST), half(FIRST, SECOND)], axis(1));
  next('Transpose', [next('Reshape', [ends, APART], {})], { perm: ints([1, 0, 2]) }, state);
  return nodes;
}
