import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { Tensor } from './tensor.ts';

/** A node with the constants of it that training has set. */
export interface WeightedNode {
  readonly node: GraphNode;
  /** Names of the tensors that are drawn anew. */
  readonly weights: readonly string[];
}

/** Where weights drawn anew come from. */
export interface WeightSource {
  /** Standard normal. */
  normal(): number;
  permutation(n: number): Int32Array;
}

/** Inputs that hold what was learned, by operator; running statistics of batch normalisation are of the data. */
const WEIGHT_INPUTS: Readonly<Record<string, readonly number[]>> = {
  BatchNormalization: [1, 2],
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  GRU: [1, 2, 3],
  Gemm: [0, 1, 2],
  GroupNormalization: [1, 2],
  InstanceNormalization: [1, 2],
  LSTM: [1, 2, 3],
  LayerNormalization: [1, 2],
  MatMul: [0, 1],
  PRelu: [1],
  RNN: [1, 2, 3],
};

/** Every node with weights, in the order of the graph; an Add of a constant right behind one is its bias. */
export function weightedNodes(graph: Graph): WeightedNode[] {
  const constants = constantValues(graph);
  const isWeight = (name: string | undefined): name is string => {
    const value = name === undefined ? undefined : constants.get(name);
    return value !== undefined && isFloat(value) && value.data.length > 1;
  };
  const found: { node: GraphNode; weights: string[] }[] = [];
  const makers = new Map<string, { weights: string[] }>();
  for (const node of graph.nodes) {
    const before = node.op === 'Add' ? node.inputs.map((name) => makers.get(name)).find(Boolean) : undefined;
    if (before) before.weights.push(...node.inputs.filter(isWeight));
    const weights = (WEIGHT_INPUTS[node.op] ?? []).map((at) => node.inputs[at]).filter(isWeight);
    if (weights.length === 0) continue;
    const entry = { node, weights };
    found.push(entry);
    for (const output of node.outputs) makers.set(output, entry);
  }
  return found;
}

/**
 * The graph with weights drawn anew: kernels from a normal distribution of mean 0 and their own spread, so that
 * activations keep their scale; vectors (bias, scale, slope) are shuffled.
 */
export function randomised(graph: Graph, names: ReadonlySet<string>, source: WeightSource): Graph {
  const values = constantValues(graph);
  const constants = new Map(graph.constants);
  for (const name of names) constants.set(name, drawn(values.get(name)!, source));
  const nodes = graph.nodes.filter((node) => !names.has(node.outputs[0] ?? ''));
  return { ...graph, nodes, constants };
}

function drawn(weights: Tensor, source: WeightSource): Tensor {
  const old = weights.data as Float32Array | Float64Array;
  const vector = weights.dims.filter((dim) => dim > 1).length < 2;
  const data = old.slice();
  if (vector) {
    source.permutation(old.length).forEach((from, to) => {
      data[to] = old[from]!;
    });
  } else {
    const spread = rootMeanSquare(old);
    for (let i = 0; i < data.length; i++) data[i] = spread * source.normal();
  }
  return { ...weights, data };
}

function rootMeanSquare(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}

function isFloat({ dtype }: Tensor): boolean {
  return dtype === 'float32' || dtype === 'float64';
}
