import type { Graph, GraphNode } from './graph.ts';

/** Names a node reads, those its subgraphs (If, Loop, Scan) take from outside included. */
export function namesRead(node: GraphNode): string[] {
  const names = node.inputs.filter((name) => name !== '');
  for (const attribute of Object.values(node.attributes)) {
    if (attribute.kind === 'graph') names.push(...namesTakenFromOutside(attribute.value));
  }
  return names;
}

function namesTakenFromOutside(graph: Graph): string[] {
  const own = new Set([...graph.constants.keys(), ...graph.inputs.map((input) => input.name)]);
  for (const node of graph.nodes) for (const name of node.outputs) own.add(name);
  const read = [...graph.nodes.flatMap(namesRead), ...graph.outputs.map((output) => output.name)];
  return read.filter((name) => !own.has(name));
}

/** The nodes that `outputs` rest on, in their order. */
export function liveNodes(nodes: readonly GraphNode[], outputs: readonly string[]): GraphNode[] {
  const needed = new Set(outputs);
  const live: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    live.push(node);
    for (const name of namesRead(node)) needed.add(name);
  }
  return live.reverse();
}
