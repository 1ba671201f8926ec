import type { Graph } from './graph.ts';
import { renamedGraph } from './renamed.ts';

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

/** Names of all tensors, those of the graphs within it as well. */
export function namesOf(graph: Graph): Set<string> {
  const names = new Set([...graph.constants.keys(), ...graph.inputs.map((info) => info.name)]);
  for (const node of graph.nodes) {
    for (const name of [...node.inputs, ...node.outputs]) names.add(name);
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'graph') for (const name of namesOf(attribute.value)) names.add(name);
    }
  }
  return names;
}
