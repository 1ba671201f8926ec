import { floatOf, int, intOf } from '../graph/attributes.ts';
import type { Classifier } from '../graph/classifier.ts';
import { constantValues } from '../graph/constantValue.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { nodeCalled } from '../graph/nodeCalled.ts';
import { float32 } from '../graph/tensor.ts';
import type { LinearClassifier } from '../training/logisticRegression.ts';

/** The linear layer that gives the logits, where the model ends in one. */
interface LastLinear {
  /** Tensor [N, D] it reads. */
  readonly features: string;
  /** D, and the outputs C of the layer. */
  readonly width: number;
  readonly outputs: number;
  /** The same graph with other weights: W [C, D], b [C]. */
  with(graph: Graph, head: LinearClassifier): Graph;
}

/** What is looked at of a classifier. */
type Ending = Pick<Classifier, 'graph' | 'logits' | 'outputIs'>;

const PASSES = new Set(['Identity', 'Dropout']);
/** float32, float16, float64 and bfloat16 as ONNX numbers them. */
const FLOATS = new Set([1, 10, 11, 16]);

/** As models in half precision end, a cast from floats to floats passes, too. */
function passes(node: GraphNode): boolean {
  return PASSES.has(node.op) || (node.op === 'Cast' && FLOATS.has(intOf(node, 'to') ?? 0));
}

/** [−z, z] of a model with one output z. */
function isBothSigns(node: GraphNode, makers: ReadonlyMap<string, GraphNode>): boolean {
  const [negative, z] = node.inputs;
  const turned = makers.get(negative!);
  return node.op === 'Concat' && node.inputs.length === 2 && turned?.op === 'Neg' && turned.inputs[0] === z;
}

/** @returns the layer, or in one sentence why the model does not end in a linear one */
export function lastLinear({ graph, logits, outputIs }: Ending): LastLinear | string {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const constants = constantValues(graph);
  let node = makers.get(logits);
  while (node && (passes(node) || isBothSigns(node, makers))) node = makers.get(node.inputs.at(-1)!);
  const what = outputIs === 'probabilities' ? 'probabilities' : 'logits';
  if (!node) return `The ${what} are the input itself.`;
  const last = node;
  const product = last.op === 'Add' ? withoutBias(last, makers, constants) : last;
  const [features, weights] = product?.inputs ?? [];
  const value = constants.get(weights ?? '');
  const isLinear =
    product &&
    (product.op === 'MatMul' || (product.op === 'Gemm' && isPlain(product))) &&
    value?.dims.length === 2 &&
    !constants.has(features!);
  if (!isLinear) {
    const unfound = outputIs === 'probabilities' ? ', before which no logits were found,' : '';
    return `The ${what}${unfound} come out of ${nodeCalled(last)}, not out of a linear layer with weights of its own, so there is no last layer to refit.`;
  }
  const turned = product.op === 'Gemm' && intOf(product, 'transB') === 1;
  const [outputs, width] = turned ? [value.dims[0]!, value.dims[1]!] : [value.dims[1]!, value.dims[0]!];
  return {
    features: features!,
    width,
    outputs,
    with: (given, head) => withHead(given, last, features!, { outputs, width }, head),
  };
}

/** α = 1 and β = 1, no turned features. */
function isPlain(node: GraphNode): boolean {
  return (
    (floatOf(node, 'alpha') ?? 1) === 1 &&
    (floatOf(node, 'beta') ?? 1) === 1 &&
    (intOf(node, 'transA') ?? 0) === 0
  );
}

/** The product before a bias that is written in the file. */
function withoutBias(
  add: GraphNode,
  makers: ReadonlyMap<string, GraphNode>,
  constants: ReadonlyMap<string, unknown>,
): GraphNode | undefined {
  const [moving] = add.inputs.filter((name) => !constants.has(name));
  return add.inputs.some((name) => constants.has(name)) && moving ? makers.get(moving) : undefined;
}

function withHead(
  graph: Graph,
  last: GraphNode,
  features: string,
  { outputs, width }: { readonly outputs: number; readonly width: number },
  { weights, bias }: LinearClassifier,
): Graph {
  const [w, b] = ['attribution_head/weight', 'attribution_head/bias'];
  const gemm: GraphNode = {
    ...last,
    op: 'Gemm',
    inputs: [features, w, b],
    attributes: { transB: int(1) },
  };
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node.outputs[0] === last.outputs[0] ? gemm : node)),
    constants: new Map([
      ...graph.constants,
      [w, float32([outputs, width], Float32Array.from(weights))],
      [b, float32([outputs], Float32Array.from(bias))],
    ]),
  };
}
