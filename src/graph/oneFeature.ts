import type { Finding } from '../finding.ts';
import { GraphBuilder } from './builder.ts';
import { anyOutput } from './cutGraph.ts';
import type { Graph, GraphNode } from './graph.ts';
import { MASK_INPUT } from './masking/positionMask.ts';
import { renamedNode } from './renamed.ts';
import { inTopologicalOrder } from './topology.ts';

/** Of the node that takes the axis away again, behind which the model begins. */
const MARK = { key: 'attribution.input', value: 'series of one feature' };

const FINDING: Finding = {
  code: 'one-feature',
  severity: 'info',
  sentence: 'The model takes series [N, steps] without an axis of features; they are read as one feature.',
};

/** A model whose series [N, T] have no axis of features, as one that takes [N, 1, T]; any other one as it is. */
export function withFeatureAxis(graph: Graph): Graph {
  const [input, ...others] = graph.inputs.filter(({ name }) => name !== MASK_INPUT);
  if (!input || others.length > 0 || input.dims.length !== 2 || !input.dtype?.startsWith('float'))
    return graph;
  const [batch, steps] = input.dims as [number, number];
  const made = rewired(graph, input.name, [batch, 1, steps], (builder) => builder.squeeze(input.name, [1]));
  return { ...made, findings: [...(graph.findings ?? []), FINDING] };
}

/** The same with the input that the file has: what is written takes the place of the model. */
export function withoutFeatureAxis(graph: Graph): Graph {
  const isMarked = graph.nodes.some(({ metadata }) => metadata?.get(MARK.key) === MARK.value);
  // Where a mask is computed inside, others read the input first.
  const input = graph.inputs.find(
    ({ name, dims }) => name !== MASK_INPUT && dims.length === 3 && dims[1] === 1,
  );
  if (!isMarked || !input) return graph;
  const [batch, , steps] = input.dims as [number, number, number];
  return rewired(graph, input.name, [batch, steps], (builder) => builder.unsqueeze(input.name, [1]));
}

/** With another shape of an input, and in its place what is made of it. */
function rewired(
  graph: Graph,
  name: string,
  dims: Graph['inputs'][number]['dims'],
  make: (builder: GraphBuilder) => string,
): Graph {
  const inputs = graph.inputs.map((info) => (info.name === name ? { ...info, dims } : info));
  const builder = new GraphBuilder({ ...graph, inputs });
  const inside = make(builder);
  const { nodes, ...built } = builder.build([...graph.outputs, anyOutput(inside)]);
  const read = (old: string) => (old === name ? inside : old);
  const all = nodes.map(
    (node): GraphNode =>
      node.outputs[0] === inside
        ? { ...node, metadata: new Map([[MARK.key, MARK.value]]) }
        : renamedNode(node, read),
  );
  const known = new Set([...built.constants.keys(), ...inputs.map((info) => info.name)]);
  return { ...built, nodes: inTopologicalOrder(all, known), outputs: graph.outputs };
}
