import { constantNodeValue } from '../graph/constantValue.ts';
import { isFlat } from '../graph/gradient/flat.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import { MASKED_SCOPE } from '../graph/masking/writer.ts';
import { restOn } from '../graph/restOn.ts';
import { elementCount, type Tensor } from '../graph/tensor.ts';
import { namesRead } from '../graph/topology.ts';

/** The weights of a model that training changes, and the batch norms whose statistics it keeps. */
interface Parameters {
  /** Initialisers, in the order in which the graph reads them. */
  readonly weights: readonly string[];
  readonly batchNorms: readonly GraphNode[];
  /** Initialisers that stay as they are: behind rounding or a comparison alone, whose derivative is 0. In the order of the graph. */
  readonly unreached: readonly string[];
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
  const felt = nodesFelt(output, makers);
  const [weights, others] = [new Set<string>(), new Set<string>()];
  for (const node of nodes) {
    if (node.domain !== '') continue;
    for (const index of WEIGHTS[node.op] ?? []) {
      const name = node.inputs[index] ?? '';
      if (name === '' || moving.has(name)) continue;
      const near = initialisersBehind(name, graph, makers);
      for (const source of initialisersBehind(name, graph, makers, true)) {
        const tensor = graph.constants.get(source)!;
        if (source.startsWith(`${MASKED_SCOPE}/`) || !isWeight(node, tensor)) continue;
        if (near.has(source) && felt.has(node)) weights.add(source);
        else if (elementCount(tensor.dims) > 1) others.add(source);
      }
    }
  }
  return {
    weights: [...weights],
    batchNorms: nodes.filter(({ op }) => op === 'BatchNormalization'),
    unreached: [...others].filter((name) => !weights.has(name)),
  };
}

/** Nodes a small change of whose outputs is felt at `output`: what lies behind rounding alone is not among them. */
function nodesFelt(output: string, makers: ReadonlyMap<string, GraphNode>): ReadonlySet<GraphNode> {
  const found = new Set<GraphNode>();
  const waiting = [output];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const node = makers.get(at);
    if (!node || found.has(node) || isFlat(node)) continue;
    found.add(node);
    waiting.push(...namesRead(node));
  }
  return found;
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

/** What they read decides the form of what they give, and none of its values. */
const FORMS = new Set(['Shape', 'Size', 'ConstantOfShape', 'EyeLike', 'NonZero', 'Range', 'Unique']);

/** A single number in a sum is part of a formula (ε, a shift), not a bias. */
function isWeight(node: GraphNode, { dtype, dims }: Tensor): boolean {
  return dtype === 'float32' && (node.op !== 'Add' || elementCount(dims) > 1);
}

/** Float initialisers that a tensor is made of; those it rests on by shape or index alone are left out. */
function initialisersBehind(
  name: string,
  graph: Graph,
  makers: ReadonlyMap<string, GraphNode>,
  throughRounding = false,
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [name];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (graph.constants.has(at)) found.add(at);
    const node = makers.get(at);
    if (node && (throughRounding ? !FORMS.has(node.op) : !isFlat(node)))
      waiting.push(...node.inputs.filter((input) => input !== ''));
  }
  return found;
}
