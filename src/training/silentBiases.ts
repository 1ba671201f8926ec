import type { Graph, GraphNode } from '../graph/graph.ts';
import { restOn } from '../graph/restOn.ts';
import { namesRead } from '../graph/topology.ts';
import type { BatchStatistics } from './batchStatistics.ts';

/**
 * Biases of convolutions that only batch norms in training read: the mean takes them away again, so their gradient is 0
 * and what is computed is rounding. Adam would blow it up to full steps.
 * @param own nodes that only compute statistics
 */
export function silentBiases(
  graph: Graph,
  statistics: readonly BatchStatistics[],
  own: ReadonlySet<GraphNode>,
): ReadonlySet<string> {
  const readers = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    for (const name of new Set(namesRead(node))) readers.set(name, [...(readers.get(name) ?? []), node]);
  }
  const series = restOn(graph.nodes, [graph.inputs[0]!.name]);
  const inTraining = new Set(statistics.map((one) => one.output));
  const normalised = (tensor: string): boolean => {
    const all = (readers.get(tensor) ?? []).filter((node) => !own.has(node));
    return (
      all.length > 0 &&
      all.every((node) => {
        if (node.op === 'BatchNormalization') return inTraining.has(node.outputs[0]!);
        // A product with the mask leaves what is real as it is.
        const byMask = node.op === 'Mul' && node.inputs.filter((name) => series.has(name)).length === 1;
        return byMask && normalised(node.outputs[0]!);
      })
    );
  };
  const biases = graph.nodes.flatMap((node) =>
    node.op === 'Conv' && node.inputs[2] && normalised(node.outputs[0]!) ? [node.inputs[2]] : [],
  );
  return new Set(biases);
}
