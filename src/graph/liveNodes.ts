import type { Graph, GraphNode } from './graph.ts';
import { namesRead } from './topology.ts';

/** The nodes that `outputs` rest on, in their order. */
export function liveNodes(nodes: readonly GraphNode[], outputs: readonly string[]): GraphNode[] {
  const needed = new Set(outputs);
  const live: GraphNode[] = [];
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at]!;
    if (!node.outputs.some((name) => needed.has(name))) continue;
    live.push(node);
    for (const name of namesRead(node)) needed.add(name);
  }
  return live.reverse();
}

/** The graph without nodes and constants that no output rests on: surgery leaves them behind. */
export function withoutUnread(graph: Graph): Graph {
  const outputs = graph.outputs.map(({ name }) => name);
  const nodes = liveNodes(graph.nodes, outputs);
  const read = new Set([...nodes.flatMap(namesRead), ...outputs]);
  return { ...graph, nodes, constants: new Map([...graph.constants].filter(([name]) => read.has(name))) };
}
