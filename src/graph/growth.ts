import { Refusal } from '../refusal.ts';
import { intsOf } from './attributes.ts';
import { growingConstant } from './constantGrowth.ts';
import type { Graph, GraphNode } from './graph.ts';
import { nodeCalled } from './nodeCalled.ts';
import { writtenNumbers } from './writtenNumbers.ts';

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
/** Values that lie beside those of one axis, in other channels and along other axes. */
const ROUND_IT = 2 ** 8;
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
  if (growing) refuse(growing.node, growing.size);
  const told = writtenNumbers(graph);
  /** How many times the model's input a tensor may be. */
  const times = new Map<string, number>(graph.inputs.map(({ name }) => [name, 1]));
  const values = Math.max(0, ...graph.inputs.map(({ dims }) => valuesOf(dims)));
  for (const node of graph.nodes) {
    const size = writtenSize(node, told);
    if (size > MOST_VALUES) refuse(node, size);
    const window = widestWindow(node, told);
    if (window * ROUND_IT > MOST_VALUES) refuse(node, window);
    const inputs = node.inputs.map((name) => times.get(name) ?? 0);
    const largest = Math.max(0, ...inputs);
    const joined = node.op === 'Concat' ? inputs.reduce((sum, one) => sum + one, 0) : largest;
    const factor = factorOf(node, told);
    const grown = AFRESH.has(node.op) ? Math.min(1, largest) : joined * factor;
    const most = factor > 1 ? MOST_REPEATED : MOST_VALUES;
    if (grown > MOST_TIMES || (grown > 1 && grown * values > most)) refuse(node, grown * Math.max(1, values));
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

/** The numbers that a tensor is known to hold, by its name. */
type Told = ReadonlyMap<string, readonly number[]>;

function writtenSize(node: GraphNode, told: Told): number {
  return Math.max(rangeOf(node, told), ...saidBy(node, told, false));
}

function widestWindow(node: GraphNode, told: Told): number {
  const sizes = WINDOW_SIZES.flatMap((name) => intsOf(node, name) ?? []);
  return Math.max(0, ...[...sizes, ...padsOf(node, told)].map(Math.abs));
}

function padsOf(node: GraphNode, told: Told): readonly number[] {
  const written = node.op === 'Pad' ? told.get(node.inputs[1] ?? '') : undefined;
  return written ?? intsOf(node, 'pads') ?? [];
}

function factorOf(node: GraphNode, told: Told): number {
  return Math.max(1, ...saidBy(node, told, true));
}

/** The sizes that are written for a node: those that multiply what is there, or the others. */
function saidBy(node: GraphNode, told: Told, times: boolean): number[] {
  const rules = Object.hasOwn(SIZED_BY, node.op) ? SIZED_BY[node.op]! : [];
  return rules
    .filter((rule) => rule.times === times)
    .map(({ input }) => told.get(node.inputs[input] ?? ''))
    .map((said) => (said ? product(said) : 0));
}

/** Values of a Range whose start, limit and step are written. */
function rangeOf(node: GraphNode, told: Told): number {
  if (node.op !== 'Range') return 0;
  const [start, limit, step] = node.inputs.map((name) => told.get(name)?.[0] ?? Number.NaN);
  const count = (limit! - start!) / step!;
  return Number.isNaN(count) ? 0 : count;
}

function product(values: readonly number[]): number {
  return values.reduce((all, value) => all * Math.max(1, Math.abs(value)), 1);
}

/** @param values no fewer than those */
function refuse(node: GraphNode, values: number): never {
  throw new Refusal(
    'input-too-big',
    `${nodeCalled(node)} makes a tensor larger than that of any time-series classifier, of ${rounded(values)} values or more; the model file is broken or not what it seems.`,
  );
}

/** Down to one figure. */
function rounded(values: number): string {
  const figures = Math.floor(Math.log10(values));
  return figures < 15
    ? (Math.floor(values / 10 ** figures) * 10 ** figures).toLocaleString('en-US')
    : `10^${figures}`;
}
