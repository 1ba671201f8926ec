import { constantNodeValue } from './constantValue.ts';
import type { Graph, GraphNode, ValueInfo } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import { nodeCalled } from './nodeCalled.ts';
import { numbers, type Tensor } from './tensor.ts';
import { namesRead } from './topology.ts';

/** Operators whose integer inputs are target shapes or places: a T written there ties the graph to T. */
const SHAPED_BY_INPUT = new Set([
  'Reshape',
  'Expand',
  'Slice',
  'Tile',
  'ConstantOfShape',
  'Resize',
  'Upsample',
  'Pad',
  'Split',
]);
const SCALED = new Set(['Mul', 'Div']);

/**
 * The same graph with a time axis of free length, for truncating and for padding further.
 * @param input name of the model's input and which of its axes is time
 * @param steps T the graph was written for
 * @returns the graph, or in one sentence what ties it to T
 */
export function withDynamicTime(
  graph: Graph,
  input: { readonly name: string; readonly timeAxis: number },
  steps: number,
): Graph | string {
  const info = graph.inputs.find((one) => one.name === input.name);
  if (!info || typeof info.dims[input.timeAxis] !== 'number') return graph;
  const tie = tiedTo(graph, steps);
  if (tie) return tie;
  const free = (one: ValueInfo): ValueInfo =>
    one.name === input.name
      ? { ...one, dims: one.dims.map((dim, axis) => (axis === input.timeAxis ? 'time' : dim)) }
      : one;
  return { ...graph, inputs: graph.inputs.map(free) };
}

/** Why the graph only works for `steps` steps; undefined where nothing written in it says so. */
function tiedTo(graph: Graph, steps: number): string | undefined {
  const values = new Map<string, Tensor>(graph.constants);
  for (const node of graph.nodes) {
    const value = constantNodeValue(node);
    if (value) values.set(node.outputs[0]!, value);
  }
  const outputs = graph.outputs.map((output) => output.name);
  for (const node of liveNodes(graph.nodes, outputs)) {
    const written = namesRead(node).flatMap((name) => values.get(name) ?? []);
    if (bakesIn(node, written, steps)) {
      return `${nodeCalled(node)} has the length ${steps} written into it, so the model cannot take series of another length.`;
    }
  }
  return undefined;
}

function bakesIn(node: GraphNode, written: readonly Tensor[], steps: number): boolean {
  if (SHAPED_BY_INPUT.has(node.op)) {
    return written.some((value) => value.dtype === 'int64' && numbers(value).includes(steps));
  }
  if (SCALED.has(node.op)) {
    return written.some((value) => value.data.length === 1 && scalesWith(numbers(value)[0]!, steps));
  }
  return false;
}

/** A mean written as a sum over a fixed number of steps. */
function scalesWith(factor: number, steps: number): boolean {
  return Math.abs(factor - steps) < 1e-6 * steps || Math.abs(factor * steps - 1) < 1e-5;
}
