import type { Attribute, Graph, GraphNode } from '../../graph/graph.ts';

/** The graph with other names for its own tensors that are called as one of `wanted`, so that those can be given anew. */
export function freeNames(graph: Graph, wanted: ReadonlySet<string>): Graph & { name(old: string): string } {
  const taken = namesOf(graph);
  const renamed = new Map<string, string>();
  for (const old of wanted) {
    if (!taken.has(old)) continue;
    let name = `model/${old}`;
    while (taken.has(name) || wanted.has(name)) name = `model/${name}`;
    renamed.set(old, name);
    taken.add(name);
  }
  const name = (old: string) => renamed.get(old) ?? old;
  return { ...renamedGraph(graph, name), name };
}

/** Names in ONNX are unique over a graph and all graphs within it, so one map serves them all. */
function renamedGraph(graph: Graph, name: (old: string) => string): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => renamedNode(node, name)),
    constants: new Map([...graph.constants].map(([old, tensor]) => [name(old), tensor])),
    inputs: graph.inputs.map((info) => ({ ...info, name: name(info.name) })),
    outputs: graph.outputs.map((info) => ({ ...info, name: name(info.name) })),
  };
}

function renamedNode(node: GraphNode, name: (old: string) => string): GraphNode {
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

function namesOf(graph: Graph): Set<string> {
  const names = new Set([...graph.constants.keys(), ...graph.inputs.map((info) => info.name)]);
  for (const node of graph.nodes) {
    for (const name of [...node.inputs, ...node.outputs]) names.add(name);
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'graph') for (const name of namesOf(attribute.value)) names.add(name);
    }
  }
  return names;
}
