import type { Graph, GraphNode } from '../graph.ts';
import { renamedNode } from '../renamed.ts';
import type { Tensor } from '../tensor.ts';
import { inTopologicalOrder } from '../topology.ts';

/** Puts branches of Ifs among the nodes of the graph around them. */
export class Inliner {
  private readonly constants: Map<string, Tensor>;
  private readonly taken: Set<string>;
  private readonly titles: Set<string>;

  constructor(private readonly graph: Graph) {
    this.constants = new Map(graph.constants);
    this.taken = new Set([
      ...graph.inputs.map(({ name }) => name),
      ...graph.constants.keys(),
      ...graph.nodes.flatMap((node) => node.outputs),
    ]);
    this.titles = new Set(graph.nodes.map(({ name }) => name));
  }

  /** The branch's nodes; its tensors keep their names where nobody else has them. */
  inline(node: GraphNode, branch: Graph): { readonly nodes: GraphNode[]; readonly outputs: string[] } {
    const renamed = new Map<string, string>();
    const made = [...branch.constants.keys(), ...branch.nodes.flatMap((inner) => inner.outputs)];
    for (const name of made) if (name !== '') renamed.set(name, this.unique(name, node));
    const name = (old: string) => renamed.get(old) ?? old;
    for (const [old, value] of branch.constants) this.constants.set(name(old), value);
    const nodes = branch.nodes.map((inner) => {
      const title = this.titles.has(inner.name) ? `${node.name}/${name(inner.outputs[0]!)}` : inner.name;
      this.titles.add(title);
      return { ...renamedNode(inner, name), name: title };
    });
    return { nodes, outputs: branch.outputs.map((output) => name(output.name)) };
  }

  constant(name: string, value: Tensor): string {
    this.constants.set(name, value);
    return name;
  }

  /** The graph with these nodes, in an order in which they can run. */
  build(nodes: readonly GraphNode[]): Graph {
    const known = new Set([...this.graph.inputs.map(({ name }) => name), ...this.constants.keys()]);
    return { ...this.graph, constants: this.constants, nodes: inTopologicalOrder(nodes, known) };
  }

  /** A name for a tensor inside a node. */
  unique(wanted: string, node: GraphNode): string {
    let name = wanted;
    while (this.taken.has(name)) name = `${node.name || node.outputs[0]}/${name}`;
    this.taken.add(name);
    return name;
  }
}

/** The subgraph of an If. */
export function branchOf(node: GraphNode, which: 'then_branch' | 'else_branch'): Graph | undefined {
  const branch = node.attributes[which];
  return branch?.kind === 'graph' ? branch.value : undefined;
}
