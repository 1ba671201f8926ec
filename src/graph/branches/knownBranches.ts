import type { Graph, GraphNode } from '../graph.ts';
import type { Shapes } from '../shapes.ts';
import { branchOf, Inliner } from './inline.ts';

/**
 * The graph with every If whose condition rests on constants and shapes (as PyTorch's older exporter asks before a
 * Squeeze) replaced by the branch it takes; the graph itself where there is none.
 */
export function withKnownBranches(graph: Graph, shapes: Shapes): Graph {
  const inliner = new Inliner(graph);
  let found = false;
  const nodes = graph.nodes.flatMap((node) => {
    const branch = takenBranch(node, shapes);
    if (branch === undefined) return [node];
    found = true;
    const inside = inliner.inline(node, branch);
    return [
      ...inside.nodes,
      ...node.outputs.map((output, i) => handOver(node, inside.outputs[i]!, output, i)),
    ];
  });
  return found ? inliner.build(nodes) : graph;
}

function takenBranch(node: GraphNode, shapes: Shapes): Graph | undefined {
  if (node.op !== 'If' || node.domain !== '') return undefined;
  const [condition] = shapes.integers(node.inputs[0]!) ?? [];
  return condition === undefined ? undefined : branchOf(node, condition ? 'then_branch' : 'else_branch');
}

function handOver(node: GraphNode, inner: string, output: string, index: number): GraphNode {
  return {
    op: 'Identity',
    domain: '',
    name: `${node.name}/output${index}`,
    inputs: [inner],
    outputs: [output],
    attributes: {},
  };
}
