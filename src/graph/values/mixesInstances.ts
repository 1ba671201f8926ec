import type { Graph, GraphNode } from '../graph.ts';
import { liveNodes } from '../liveNodes.ts';
import type { Shapes } from '../shapes.ts';

/** Their second input says which places are read or written, of all instances at once. */
const AT_PLACES: ReadonlySet<string> = new Set(['Gather', 'GatherND', 'ScatterND']);

/**
 * The first node by which the answer to one instance may rest on the others that are run with it: a length, a branch
 * or places computed from the values of all of them, or a value that is one for all of them. undefined where there is
 * none.
 */
export function mixesInstances(graph: Graph, shapes: Shapes): GraphNode | undefined {
  const outputs = graph.outputs.map(({ name }) => name);
  return liveNodes(graph.nodes, outputs).find((node) => mixes(node, shapes));
}

function mixes(node: GraphNode, shapes: Shapes): boolean {
  const made = node.outputs.filter((name) => name !== '' && shapes.moves(name));
  if (made.length === 0) return false;
  if (made.some((name) => shapes.lengths(name).size > 0)) return true;
  if (node.op === 'If' && shapes.moves(node.inputs[0]!)) return true;
  if (AT_PLACES.has(node.op) && shapes.moves(node.inputs[1] ?? '')) return true;
  const read = node.inputs.filter((name) => name !== '' && shapes.moves(name));
  return (
    read.some((name) => shapes.batchAxis(name) !== null) &&
    made.every((name) => shapes.batchAxis(name) === null)
  );
}
