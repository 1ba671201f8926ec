import type { Attribute, Graph, GraphNode } from './graph.ts';

/** Names in ONNX are unique over a graph and all graphs within it, so one map serves them all. */
export function renamedGraph(graph: Graph, name: (old: string) => string): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => renamedNode(node, name)),
    constants: new Map([...graph.constants].map(([old, tensor]) => [name(old), tensor])),
    inputs: graph.inputs.map((info) => ({ ...info, name: name(info.name) })),
    outputs: graph.outputs.map((info) => ({ ...info, name: name(info.name) })),
  };
}

/** The node with every name it reads or writes changed, in the graphs within it as well. */
export function renamedNode(node: GraphNode, name: (old: string) => string): GraphNode {
  const attributes = Object.entries(node.attributes).map(([key, attribute]): [string, Attribute] => [
    key,
    attribute.kind === 'graph' ? { kind: 'graph', value: renamedGraph(attribute.value, name) } : attribute,
  ]);
  return {
    ...node,
    inputs: node.inputs.map(name),
    outputs: node.outputs.map(name),
    attributes: Object.fromEntries(attributes),
  };
}
