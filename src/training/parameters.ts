import { constantNodeValue } from '../graph/constantValue.ts';
import { isFlat } from '../graph/gradient/flat.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import { MASKED_SCOPE } from '../graph/masking/writer.ts';
import { restOn } from '../graph/restOn.ts';
import { elementCount, type Tensor } from '../graph/tensor.ts';

/** The weights of a model that training changes, and the batch norms whose statistics it keeps. */
interface Parameters {
  /** Initialisers, in the order in which the graph reads them. */
  readonly weights: readonly string[];
  readonly batchNorms: readonly GraphNode[];
}

/** Inputs that are weights, by operator. */
const WEIGHTS: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  Gemm: [0, 1, 2],
  MatMul: [0, 1],
  BatchNormalization: [1, 2],
  InstanceNormalization: [1, 2],
  LayerNormalization: [1, 2],
  GroupNormalization: [1, 2],
  RMSNormalization: [1],
  PRelu: [1],
  LSTM: [1, 2, 3],
  GRU: [1, 2, 3],
  RNN: [1, 2, 3],
  Add: [0, 1],
};

/**
 * The parameters of everything that `output` rests on, also where an exporter slices, joins or reshapes them before the
 * layer reads them. A batch norm that was folded into its convolution is no longer one: its statistics cannot be taken
 * anew. The graph is one of `untied`.
 */
export function findParameters(graph: Graph, output: string): Parameters {
  const nodes = liveNodes(graph.nodes, [output]);
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const moving = restOn(
    nodes,
    graph.inputs.map(({ name }) => name),
  );
  const weights = new Set<string>();
  for (const node of nodes) {
    if (node.domain !== '') continue;
    for (const index of WEIGHTS[node.op] ?? []) {
      const name = node.inputs[index] ?? '';
      if (name === '' || moving.has(name)) continue;
      for (const source of initialisersBehind(name, graph, makers)) {
        const isOwn = source.startsWith(`${MASKED_SCOPE}/`);
        if (!isOwn && isWeight(node, graph.constants.get(source)!)) weights.add(source);
      }
    }
  }
  return { weights: [...weights], batchNorms: nodes.filter(({ op }) => op === 'BatchNormalization') };
}

/**
 * The graph with an initialiser of its own for every copy that a `Constant` or `Identity` node makes: exporters write
 * parameters that happen to be equal (all batch norms of an untrained model) once and copy them.
 */
export function untied(graph: Graph): Graph {
  const constants = new Map(graph.constants);
  const nodes = graph.nodes.filter((node) => {
    const value = node.op === 'Identity' ? constants.get(node.inputs[0]!) : constantNodeValue(node);
    if (value?.dtype !== 'float32' || graph.outputs.some(({ name }) => name === node.outputs[0])) return true;
    constants.set(node.outputs[0]!, { ...value, data: value.data.slice() });
    return false;
  });
  return { ...graph, nodes, constants };
}

/** A single number in a sum is part of a formula (ε, a shift), not a bias. */
function isWeight(node: GraphNode, { dtype, dims }: Tensor): boolean {
  return dtype === 'float32' && (node.op !== 'Add' || elementCount(dims) > 1);
}

/** Float initialisers that a tensor is made of; those it rests on by shape or index alone are left out. */
function initialisersBehind(
  name: string,
  graph: Graph,
  makers: ReadonlyMap<string, GraphNode>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [name];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (graph.constants.has(at)) found.add(at);
    const node = makers.get(at);
    if (node && !isFlat(node)) waiting.push(...node.inputs.filter((input) => input !== ''));
  }
  return found;
}
