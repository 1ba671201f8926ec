import { intOf, intsOf } from '../graph/attributes.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { constantValues } from '../graph/constantValue.ts';
import type { Graph, GraphNode, ValueInfo } from '../graph/graph.ts';
import { float32, type Tensor } from '../graph/tensor.ts';
import { UNARY } from '../graph/unary.ts';

/** What gives its tensor in the native runtime's blocks of channels. */
const BLOCKED = new Set(['Conv', 'MaxPool', 'AveragePool', 'Concat']);
const FEWEST_CHANNELS = 16;

/**
 * The same graph with convolutions of one filter and one tap (a bottleneck to one channel) written as matrix products,
 * where what they read is not in the native runtime's blocks: it would put that into blocks and compute 16 filters.
 */
export function withOneFilterProducts(graph: Graph): Graph {
  if (graph.opset < 13 || !graph.nodes.some((node) => node.op === 'Conv')) return graph;
  const values = constantValues(graph);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const isChosen = (node: GraphNode) =>
    isOneFilter(node, values.get(node.inputs[1] ?? '')) && !isBlocked(node.inputs[0]!, makers);
  if (!graph.nodes.some(isChosen)) return graph;
  const builder = new GraphBuilder(graph, 'one_filter');
  const made: ValueInfo[] = [];
  const nodes = graph.nodes.flatMap((node) => {
    if (!isChosen(node)) return [node];
    const written = builder.recording(() => product(builder, node, values.get(node.inputs[1]!)!));
    const last = written.at(-1)!;
    made.push({ name: last.outputs[0]!, dtype: null, dims: [] });
    return [...written.slice(0, -1), { ...last, outputs: node.outputs }];
  });
  return { ...graph, nodes, constants: new Map([...graph.constants, ...builder.build(made).constants]) };
}

function isOneFilter(node: GraphNode, weights: Tensor | undefined): boolean {
  if (node.op !== 'Conv' || node.domain !== '' || weights?.dtype !== 'float32') return false;
  const [filters, channels, ...kernel] = weights.dims as [number, number, ...number[]];
  if (filters !== 1 || channels < FEWEST_CHANNELS || ![1, 2].includes(kernel.length)) return false;
  const all = (name: string, value: number) => (intsOf(node, name) ?? []).every((one) => one === value);
  const isPlain = (intOf(node, 'group') ?? 1) === 1 && all('strides', 1) && all('pads', 0);
  return isPlain && kernel.every((taps) => taps === 1) && all('kernel_shape', 1);
}

/** Whether the tensor comes out of blocks, through operators of one value at most. */
function isBlocked(tensor: string, makers: ReadonlyMap<string, GraphNode>): boolean {
  let maker = makers.get(tensor);
  while (maker && Object.hasOwn(UNARY, maker.op)) maker = makers.get(maker.inputs[0]!);
  return maker !== undefined && BLOCKED.has(maker.op);
}

/** W [1, C] · x [N, C, positions] + b. */
function product(builder: GraphBuilder, node: GraphNode, weights: Tensor): void {
  const [x = '', , bias = ''] = node.inputs;
  const isLine = weights.dims.length === 3;
  const row = builder.constant(float32([1, weights.dims[1]!], weights.data as Float32Array), 'row');
  const made = builder.add('MatMul', [row, isLine ? x : builder.reshape(x, [0, 0, -1])]);
  const sum = bias === '' ? made : builder.add('Add', [made, bias]);
  if (isLine) return;
  const shape = builder.shapeOf(x);
  const part = (from: number, to: number) => builder.slice(shape, [0], [from], [to]);
  builder.add('Reshape', [sum, builder.concat([part(0, 1), builder.ints([1]), part(2, 4)], 0)]);
}
