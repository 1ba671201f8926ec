import type { Graph, GraphNode } from '../../../graph/graph.ts';
import { namesRead } from '../../../graph/topology.ts';

/** A constant per channel that is added to a convolution without bias becomes its bias. */
export function foldBias(graph: Graph): Graph {
  const readers = new Map<string, number>();
  for (const name of [...graph.nodes.flatMap(namesRead), ...graph.outputs.map(({ name }) => name)]) {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const constants = new Map(graph.constants);
  const folded = new Map<GraphNode, GraphNode>();
  const gone = new Set<GraphNode>();
  for (const add of graph.nodes) {
    if (add.op !== 'Add') continue;
    const [x, bias] =
      add.inputs[1] !== undefined && constants.has(add.inputs[1]) ? add.inputs : add.inputs.toReversed();
    const conv = makers.get(x ?? '');
    const values = constants.get(bias ?? '');
    if (!conv || !values || values.dtype !== 'float32' || readers.get(x!) !== 1 || folded.has(conv)) continue;
    const weights = constants.get(conv.inputs[1] ?? '');
    const spatial = (weights?.dims.length ?? 0) - 2;
    const channels = weights?.dims[0];
    const perChannel = values.dims.length === spatial + 1 && values.dims.slice(1).every((dim) => dim === 1);
    if (conv.op !== 'Conv' || conv.inputs.length !== 2 || !perChannel || values.dims[0] !== channels)
      continue;
    const name = `${bias}__bias`;
    constants.set(name, { ...values, dims: [channels!] });
    folded.set(conv, { ...conv, inputs: [...conv.inputs, name], outputs: add.outputs });
    gone.add(add);
  }
  const nodes = graph.nodes.filter((node) => !gone.has(node)).map((node) => folded.get(node) ?? node);
  const read = new Set([...nodes.flatMap(namesRead), ...graph.outputs.map(({ name }) => name)]);
  return { ...graph, nodes, constants: new Map([...constants].filter(([name]) => read.has(name))) };
}
