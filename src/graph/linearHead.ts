import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import { namesRead } from './topology.ts';

/** From the last feature map to the logits, when nothing but pooling and linear algebra lies between. */
export interface LinearHead {
  /** The last feature map's tensor, e.g. the ReLU after the last convolution. */
  readonly tensor: string;
  /** The head alone: one input, the feature map; one output, the logits. */
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
const POOLING = new Set(['GlobalAveragePool', 'ReduceMean', 'ReduceSum']);

/**
 * @returns the head, or in one sentence why the logit does not split over the positions of one feature map
 */
export function linearHead(graph: Graph, logits: string): LinearHead | string {
  const constants = constantValues(graph);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const path: GraphNode[] = [];
  let tensor = logits;
  for (let node = makers.get(tensor); node && LINEAR.has(node.op); node = makers.get(tensor)) {
    const varying = namesRead(node).filter(
      (name) => !constants.has(name) && !isShape(name, makers, constants),
    );
    if (varying.length !== 1 || (node.op === 'Div' && varying[0] !== node.inputs[0])) {
      return `The head joins several feature maps at ${node.op} "${node.name}", so the logit does not split over the positions of one.`;
    }
    path.push(node);
    tensor = varying[0]!;
  }
  const above = makers.get(tensor);
  if (!above) return 'The model has no convolution before its logits.';
  if (!path.some((node) => POOLING.has(node.op))) {
    return `The head is not pooled-linear: ${above.op} "${above.name}" stands between the last pooling and the logits.`;
  }
  const head: Graph = {
    ...graph,
    nodes: liveNodes(
      graph.nodes.filter((node) => node !== above),
      [logits],
    ),
    inputs: [{ name: tensor, dtype: 'float32', dims: [] }],
    outputs: [{ name: logits, dtype: 'float32', dims: [] }],
  };
  return { tensor, graph: head };
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
