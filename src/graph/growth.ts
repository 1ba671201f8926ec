import { Refusal } from '../refusal.ts';
import { intsOf } from './attributes.ts';
import { growingConstant } from './constantGrowth.ts';
import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import { nodeCalled } from './nodeCalled.ts';
import { numbers, type Tensor } from './tensor.ts';

/** No tensor of a time-series classifier has so many values, nor so many times those of its input. */
const MOST_VALUES = 2 ** 28;
const MOST_TIMES = 2 ** 24;

/** Values a tensor may be written out to by repeating: 256 MB for one instance. */
const MOST_REPEATED = 2 ** 26;
/** What an axis of free length is taken for. */
const FREE_AXIS = 128;

/** Which inputs of these operators say how long the result is, and whether they multiply what is there. */
const SIZED_BY: Readonly<Record<string, readonly { readonly input: number; readonly times: boolean }[]>> = {
  ...Object.fromEntries(
    [
      ...['AffineGrid', 'CenterCropPad', 'Col2Im', 'DFT', 'Expand', 'Reshape'].map((op) => [op, 1] as const),
      ...['BlackmanWindow', 'ConstantOfShape', 'HammingWindow', 'HannWindow'].map((op) => [op, 0] as const),
      ...[['MaxUnpool', 2] as const],
    ].map(([op, input]) => [op, [{ input, times: false }]]),
  ),
  MelWeightMatrix: [0, 1].map((input) => ({ input, times: false })),
  OneHot: [{ input: 1, times: true }],
  Resize: [
    { input: 2, times: true },
    { input: 3, times: false },
  ],
  Tile: [{ input: 1, times: true }],
  Upsample: [{ input: 1, times: true }],
};
/** Attributes that say how large a window is, or what comes of it. */
const WINDOW_SIZES = ['kernel_shape', 'strides', 'output_shape', 'output_padding'];
/** Their results are as large as their weights say, whatever goes in. */
const AFRESH = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul', 'GlobalAveragePool', 'GlobalMaxPool']);

/**
 * Files are hostile until looked at: a few bytes can ask for more memory than there is, by a size that is written
 * down or by doubling a tensor again and again. Said before anything is run.
 * @throws Refusal `input-too-big`
 */
export function refuseGiants(graph: Graph): void {
  const growing = growingConstant(graph, MOST_REPEATED);
  if (growing) refuse(growing);
  const constants = constantValues(graph);
  /** How many times the model's input a tensor may be. */
  const times = new Map<string, number>(graph.inputs.map(({ name }) => [name, 1]));
  const values = Math.max(0, ...graph.inputs.map(({ dims }) => valuesOf(dims)));
  for (const node of graph.nodes) {
    if (writtenSize(node, constants) > MOST_VALUES) refuse(node);
    const inputs = node.inputs.map((name) => times.get(name) ?? 0);
    const largest = Math.max(0, ...inputs);
    const joined = node.op === 'Concat' ? inputs.reduce((sum, one) => sum + one, 0) : largest;
    const factor = factorOf(node, constants);
    const grown = AFRESH.has(node.op) ? Math.min(1, largest) : joined * factor;
    const most = factor > 1 ? MOST_REPEATED : MOST_VALUES;
    if (grown > MOST_TIMES || (grown > 1 && grown * values > most)) refuse(node);
    for (const output of node.outputs) times.set(output, grown);
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'graph') refuseGiants(attribute.value);
    }
  }
}

/** Of one instance. */
function valuesOf(dims: Graph['inputs'][number]['dims']): number {
  return product(dims.slice(1).map((dim) => (typeof dim === 'number' && dim > 0 ? dim : FREE_AXIS)));
}

function writtenSize(node: GraphNode, constants: ReadonlyMap<string, Tensor>): number {
  const windows = WINDOW_SIZES.flatMap((name) => intsOf(node, name) ?? []);
  const attribute = [...windows, ...padsOf(node, constants)];
  const said = saidBy(node, constants, false);
  return Math.max(rangeOf(node, constants), ...said, ...attribute.map((size) => Math.abs(size) * 2 ** 8));
}

function padsOf(node: GraphNode, constants: ReadonlyMap<string, Tensor>): readonly number[] {
  const written = node.op === 'Pad' ? constants.get(node.inputs[1] ?? '') : undefined;
  return written ? numbers(written) : (intsOf(node, 'pads') ?? []);
}

function factorOf(node: GraphNode, constants: ReadonlyMap<string, Tensor>): number {
  return Math.max(1, ...saidBy(node, constants, true));
}

/** The sizes that are written for a node: those that multiply what is there, or the others. */
function saidBy(node: GraphNode, constants: ReadonlyMap<string, Tensor>, times: boolean): number[] {
  const rules = Object.hasOwn(SIZED_BY, node.op) ? SIZED_BY[node.op]! : [];
  return rules
    .filter((rule) => rule.times === times)
    .map(({ input }) => constants.get(node.inputs[input] ?? ''))
    .map((said) => (said ? product(numbers(said)) : 0));
}

/** Values of a Range whose start, limit and step are written. */
function rangeOf(node: GraphNode, constants: ReadonlyMap<string, Tensor>): number {
  if (node.op !== 'Range') return 0;
  const [start, limit, step] = node.inputs.map((name) => Number(constants.get(name)?.data[0] ?? Number.NaN));
  const count = (limit! - start!) / step!;
  return Number.isNaN(count) ? 0 : count;
}

function product(values: readonly number[]): number {
  return values.reduce((all, value) => all * Math.max(1, Math.abs(value)), 1);
}

function refuse(node: GraphNode): never {
  throw new Refusal(
    'input-too-big',
    `${nodeCalled(node)} makes a tensor larger than that of any time-series classifier; the model file is broken or not what it seems.`,
  );
}
