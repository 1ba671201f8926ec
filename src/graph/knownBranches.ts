import type { Graph, GraphNode } from './graph.ts';
import type { Shapes } from './shapes.ts';
import { inTopologicalOrder } from './topology.ts';

/**
 * The graph with every If whose condition is the same for every input of this size (a constant, or a question about
 * shapes, as PyTorch's older exporter asks before a Squeeze) replaced by the branch it takes; the graph itself where
 * there is none.
 */
export function withKnownBranches(graph: Graph, shapes: Shapes): Graph {
  const taken = new Set([
    ...graph.inputs.map(({ name }) => name),
    ...graph.constants.keys(),
    ...graph.nodes.flatMap((node) => node.outputs),
  ]);
  const titles = new Set(graph.nodes.map(({ name }) => name));
  const constants = new Map(graph.constants);
  let found = false;
  const nodes = graph.nodes.flatMap((node) => {
    const branch = branchOf(node, shapes);
    if (branch === undefined) return [node];
    const names = [...branch.constants.keys(), ...branch.nodes.flatMap((inner) => inner.outputs)];
    // Two Ifs may use the same names inside; then the second stays what it is.
    if (names.some((name) => name !== '' && taken.has(name))) return [node];
    found = true;
    for (const name of names) taken.add(name);
    for (const [name, value] of branch.constants) constants.set(name, value);
    const inside = branch.nodes.map((inner) =>
      titles.has(inner.name) ? { ...inner, name: `${node.name}/${inner.outputs[0]}` } : inner,
    );
    for (const { name } of inside) titles.add(name);
    return [...inside, ...node.outputs.map((output, i) => handOver(node, branch, output, i))];
  });
  if (!found) return graph;
  const known = new Set([...graph.inputs.map(({ name }) => name), ...constants.keys()]);
  return { ...graph, constants, nodes: inTopologicalOrder(nodes, known) };
}

function branchOf(node: GraphNode, shapes: Shapes): Graph | undefined {
  if (node.op !== 'If' || node.domain !== '') return undefined;
  const [condition] = shapes.integers(node.inputs[0]!) ?? [];
  if (condition === undefined) return undefined;
  const branch = node.attributes[condition ? 'then_branch' : 'else_branch'];
  return branch?.kind === 'graph' ? branch.value : undefined;
}

function handOver(node: GraphNode, branch: Graph, output: string, index: number): GraphNode {
  const inner = branch.outputs[index]!.name;
  return {
    op: 'Identity',
    domain: '',
    name: `${node.name}/output${index}`,
    inputs: [inner],
    outputs: [output],
    attributes: {},
  };
}
