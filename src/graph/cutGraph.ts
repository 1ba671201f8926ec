import { GraphBuilder } from './builder.ts';
import type { Graph, GraphNode, ValueInfo } from './graph.ts';
import { renamedNode } from './renamed.ts';

/**
 * A graph cut in two: `front` of it (and its constants), what `write` appends to that, and the rest, which reads the
 * tensors that `write` names in the place of others.
 * @param write gives, by the name the rest would read, what it reads instead
 * @param kept what else of the front is asked for later
 */
export function cutGraph(
  graph: Graph,
  front: readonly GraphNode[],
  write: (builder: GraphBuilder) => {
    readonly instead: ReadonlyMap<string, string>;
    readonly kept?: readonly string[];
  },
): GraphBuilder {
  const fixed = graph.nodes.filter(({ op, domain }) => op === 'Constant' && domain === '');
  const before = new Set([...fixed, ...front]);
  const nodes = graph.nodes.filter((node) => before.has(node));
  const builder = new GraphBuilder({ ...graph, nodes });
  const { instead, kept = [] } = write(builder);
  const names = new Set([...nodes.flatMap(({ outputs }) => outputs), ...instead.values(), ...kept]);
  const upTo = builder.build([...names].filter((name) => name !== '').map(anyOutput));
  const rest = graph.nodes
    .filter((node) => !before.has(node))
    .map((node) => renamedNode(node, (name) => instead.get(name) ?? name));
  return new GraphBuilder({
    ...upTo,
    nodes: [...upTo.nodes, ...rest],
    constants: new Map([...graph.constants, ...upTo.constants]),
  });
}

/** An output of which nothing is said but its name. */
export function anyOutput(name: string): ValueInfo {
  return { name, dtype: null, dims: [] };
}
