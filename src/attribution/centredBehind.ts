import type { Graph } from '../graph/graph.ts';
import { namesRead } from '../graph/topology.ts';

/** Hand on what they read. */
const AS_IT_IS: ReadonlySet<string> = new Set(['Identity', 'Dropout']);

/**
 * Whether all that reads a tensor [N, C, positions…] is an instance normalisation (Ulyanov 2016). That takes every
 * channel's mean over the positions away, so adding a number to a channel changes nothing: the gradients of a channel
 * sum to zero over its positions, whatever lies behind. In float32 rounding noise is left of the sum.
 */
export function isCentredBehind(graph: Graph, tensor: string): boolean {
  if (graph.outputs.some(({ name }) => name === tensor)) return false;
  const readers = graph.nodes.filter((node) => namesRead(node).includes(tensor));
  return (
    readers.length > 0 &&
    readers.every((node) =>
      AS_IT_IS.has(node.op)
        ? isCentredBehind(graph, node.outputs[0]!)
        : node.op === 'InstanceNormalization' && node.inputs[0] === tensor,
    )
  );
}
