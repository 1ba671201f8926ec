import { intOf, ints } from './attributes.ts';
import { constantValues } from './constantValue.ts';
import { type Window, windowOf } from './gradient/window.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { Shapes } from './shapes.ts';
import { float32, int64, type Tensor } from './tensor.ts';
import { toeplitz } from './toeplitz.ts';

/** Elements of the matrices of a graph together: 64 MB. */
const LARGEST_TOGETHER = 2 ** 24;
/** Kernels that read at least this share of the steps: below it a product over all steps multiplies too many zeros. */
const WIDE = 0.5;
/** With more filters the runtimes' own convolutions are as fast. */
const MOST_FILTERS = 32;

/** A convolution along the last axis alone: [N, C, T], or [N, 1, rows, T] with a kernel of one row. */
interface Wide {
  readonly node: GraphNode;
  readonly weights: Tensor;
  readonly bias: Tensor | undefined;
  /** Undefined for [N, C, T]. */
  readonly rows: number | undefined;
  readonly filters: number;
  readonly channels: number;
  /** Of the last axis. */
  readonly window: { readonly [Part in keyof Window]: number };
}

/**
 * The same graph with convolutions whose kernel is about as wide as the series (XCM's window, say) written as matrix
 * products over all steps: hardly more multiplications, which the runtimes do 3 to 4 times as fast. It is for the one
 * length of series that `shapes` were seen at.
 */
export function withWideKernels(graph: Graph, shapes: Shapes): Graph {
  const values = constantValues(graph);
  const constants = new Map(graph.constants);
  let elements = 0;
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    const wide = wideConvolution(node, shapes, values);
    if (!wide) return [node];
    const { filters, channels, window } = wide;
    const size = channels * window.input * filters * window.output;
    if (elements + size > LARGEST_TOGETHER) return [node];
    elements += size;
    return asProduct(wide, constants);
  });
  return elements === 0 ? graph : { ...graph, nodes, constants };
}

function wideConvolution(
  node: GraphNode,
  shapes: Shapes,
  values: ReadonlyMap<string, Tensor>,
): Wide | undefined {
  if (node.op !== 'Conv' || node.domain !== '' || (intOf(node, 'group') ?? 1) !== 1) return undefined;
  const [x = '', w = '', b = ''] = node.inputs;
  const [input, output] = [shapes.dims(x), shapes.dims(node.outputs[0]!)];
  const [weights, bias] = [values.get(w), values.get(b)];
  if (!input || !output || weights?.dtype !== 'float32') return undefined;
  if (b !== '' && bias?.dtype !== 'float32') return undefined;
  if (shapes.lengths(x).size > 0) return undefined;
  const [filters, channels, ...kernel] = weights.dims as [number, number, ...number[]];
  const rank = kernel.length;
  const oneRow = rank === 2 && kernel[0] === 1 && channels === 1 && output[2] === input[2];
  if (filters > MOST_FILTERS || (rank !== 1 && !oneRow)) return undefined;
  const all = windowOf(node, input.slice(2), output.slice(2), kernel);
  if (rank === 2 && (all.padsBegin[0] !== 0 || all.strides[0] !== 1)) return undefined;
  const last = <Part extends keyof Window>(part: Part) => all[part].at(-1)!;
  const window = {
    input: last('input'),
    output: last('output'),
    kernel: last('kernel'),
    strides: last('strides'),
    dilations: last('dilations'),
    padsBegin: last('padsBegin'),
    padsEnd: last('padsEnd'),
  };
  if (window.kernel < WIDE * window.input) return undefined;
  return { node, weights, bias, rows: rank === 2 ? input[2] : undefined, filters, channels, window };
}

function asProduct(wide: Wide, constants: Map<string, Tensor>): GraphNode[] {
  const { node, weights, bias, rows, filters, channels, window } = wide;
  const output = node.outputs[0]!;
  const nodes: GraphNode[] = [];
  const constant = (what: string, value: Tensor) => {
    const name = `${output}/wide_${what}`;
    constants.set(name, value);
    return name;
  };
  const add = (op: string, inputs: readonly string[], name = `${output}/wide_${op}_${nodes.length}`) => {
    nodes.push({ op, domain: '', name, inputs, outputs: [name], attributes: {} });
    return name;
  };
  const toShape = (what: string, dims: readonly number[]) => constant(what, int64([dims.length], dims));
  const matrix = constant(
    'matrix',
    float32([channels * window.input, filters * window.output], toeplitz(weights, window)),
  );
  const inner = rows === undefined ? [0, channels * window.input] : [0, rows, window.input];
  const flat = add('Reshape', [node.inputs[0]!, toShape('in', inner)]);
  const product = add('MatMul', [flat, matrix]);
  const outer = rows === undefined ? [0, filters, window.output] : [0, rows, filters, window.output];
  const shaped = add('Reshape', [product, toShape('out', outer)]);
  let made = shaped;
  if (rows !== undefined) {
    made = add('Transpose', [shaped]);
    nodes.push({ ...nodes.pop()!, attributes: { perm: ints([0, 2, 1, 3]) } });
  }
  const width = rows === undefined ? [1, filters, 1] : [1, filters, 1, 1];
  const shift = bias ? (bias.data as Float32Array) : new Float32Array(filters);
  add('Add', [made, constant('bias', float32(width, shift))], output);
  return nodes;
}
