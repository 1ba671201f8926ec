import { constantValues } from './constantValue.ts';
import { anyOutput } from './cutGraph.ts';
import type { Graph, GraphNode } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import { nodeCalled } from './nodeCalled.ts';
import { float32 } from './tensor.ts';
import { namesRead } from './topology.ts';

/** From the last feature map to the logits, when nothing but pooling and linear algebra lies between. */
export interface LinearHead {
  /** The last feature map's tensor, e.g. the ReLU after the last convolution. */
  readonly tensor: string;
  /** The head alone, told a mask of ones: one input, the feature map; one output, the logits. */
  readonly graph: Graph;
}

/** Linear in their one input that is not written in the file. */
const LINEAR = new Set([
  'Add',
  'Cast',
  'Div',
  'Dropout',
  'Flatten',
  'Gemm',
  'GlobalAveragePool',
  'Identity',
  'MatMul',
  'Mul',
  'ReduceMean',
  'ReduceSum',
  'Reshape',
  'Squeeze',
  'Sub',
  'Transpose',
  'Unsqueeze',
]);
/** Whoever reads a tensor only through one of these reads a mask of it. */
const COMPARES = new Set([
  'Equal',
  'Greater',
  'GreaterOrEqual',
  'IsNaN',
  'Less',
  'LessOrEqual',
  'Shape',
  'Size',
]);
const ONE = 'attribution_one';
const POOLING = new Set(['GlobalAveragePool', 'ReduceMean', 'ReduceSum']);

/**
 * @param mask the input that says which steps are real, where there is one
 * @param layers tensors at which a head begins, though a mask is all that is between them and one before
 * @returns the head, or in one sentence why the logit does not split over the positions of one feature map
 */
export function linearHead(
  graph: Graph,
  logits: string,
  mask?: string,
  layers: ReadonlySet<string> = new Set(),
): LinearHead | string {
  const constants = constantValues(graph);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const path: GraphNode[] = [];
  const told = new Map<GraphNode, GraphNode>();
  let tensor = logits;
  for (let node = makers.get(tensor); node && LINEAR.has(node.op); node = makers.get(tensor)) {
    const read = namesRead(node).filter((name) => !constants.has(name) && !isShape(name, makers, constants));
    const factor = read.length === 2 ? maskFactor(node, read, mask, makers, constants) : undefined;
    const varying = read.filter((name) => name !== factor);
    if (factor !== undefined && layers.has(tensor) && path.some(({ op }) => POOLING.has(op))) break;
    if (told.size > 0 && ADDS.some((adds) => adds(node))) {
      return `${nodeCalled(node)} adds a term before the mask is applied, so what the feature map does not add to the logit changes with the mask.`;
    }
    if (factor !== undefined) {
      told.set(node, { ...node, inputs: node.inputs.map((name) => (name === factor ? ONE : name)) });
    }
    if (varying.length !== 1 || (node.op === 'Div' && varying[0] !== node.inputs[0])) {
      return `The head joins several feature maps at ${nodeCalled(node)}, so the logit does not split over the positions of one.`;
    }
    path.push(node);
    tensor = varying[0]!;
  }
  const above = makers.get(tensor);
  if (!above) return 'The model has no convolution before its logits.';
  if (!path.some((node) => POOLING.has(node.op))) {
    return `The head is not pooled-linear: ${nodeCalled(above)} stands between the last pooling and the output.`;
  }
  const head: Graph = {
    ...graph,
    constants: told.size > 0 ? new Map([...graph.constants, [ONE, float32([], [1])]]) : graph.constants,
    nodes: liveNodes(
      graph.nodes.filter((node) => node !== above).map((node) => told.get(node) ?? node),
      [logits],
    ),
    inputs: [{ name: tensor, dtype: 'float32', dims: [] }],
    outputs: [anyOutput(logits)],
  };
  return { tensor, graph: head };
}

/** What a mask would scale with the rest. */
const ADDS: readonly ((node: GraphNode) => boolean)[] = [
  ({ op }) => op === 'Add' || op === 'Sub',
  ({ op, inputs }) => op === 'Gemm' && inputs.length > 2 && inputs[2] !== '',
];

/** Of two tensors that are multiplied or divided, the one that only a mask is read for. */
function maskFactor(
  { op, inputs }: GraphNode,
  read: readonly string[],
  mask: string | undefined,
  makers: ReadonlyMap<string, GraphNode>,
  constants: ReadonlyMap<string, unknown>,
): string | undefined {
  if (op !== 'Mul' && op !== 'Div') return undefined;
  const known = new Map<string, boolean>();
  const ofMask = (name: string): boolean => {
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    const node = makers.get(name);
    const answer =
      name === mask ||
      constants.has(name) ||
      (node !== undefined && (COMPARES.has(node.op) || namesRead(node).every(ofMask)));
    known.set(name, answer);
    return answer;
  };
  const factors = read.filter((name) => (op === 'Mul' || name === inputs[1]) && ofMask(name));
  return factors.length === 1 ? factors[0] : undefined;
}

/** True for what is computed from a shape (the target of a Reshape), which does not change the values. */
function isShape(
  name: string,
  makers: ReadonlyMap<string, GraphNode>,
  constants: ReadonlyMap<string, unknown>,
): boolean {
  const node = makers.get(name);
  if (!node) return false;
  if (node.op === 'Shape' || node.op === 'Size') return true;
  const inputs = namesRead(node).filter((input) => !constants.has(input));
  return inputs.length > 0 && inputs.every((input) => isShape(input, makers, constants));
}
