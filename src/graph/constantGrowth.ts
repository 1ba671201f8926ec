import { intOf, intsOf } from './attributes.ts';
import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import { positiveAxis } from './positiveAxis.ts';
import { writtenNumbers } from './writtenNumbers.ts';

type Dims = readonly number[];

/** Of a tensor that rests on constants alone. */
interface Grown {
  /** Values, at most; undefined where nothing is known of it. */
  readonly size: number;
  readonly dims?: Dims;
}

/**
 * Sizes of what is computed from constants alone: the runtimes do so when they load a graph, before any input is there.
 * @returns the first node whose result has more values than `most`, and how many
 */
export function growingConstant(
  graph: Graph,
  most: number,
): { readonly node: GraphNode; readonly size: number } | undefined {
  const written = constantValues(graph);
  const told = writtenNumbers(graph);
  const grown = new Map<string, Grown>();
  const look = (name: string): Grown | undefined => {
    const value = written.get(name);
    return value ? { size: value.data.length, dims: value.dims } : grown.get(name);
  };
  for (const node of graph.nodes) {
    const inputs = node.inputs.filter((name) => name !== '').map(look);
    if (inputs.length === 0 || !inputs.every((input) => input !== undefined)) continue;
    const result = resultOf(node, inputs, told);
    if (result.size > most) return { node, size: result.size };
    for (const output of node.outputs) grown.set(output, result);
  }
  return undefined;
}

function resultOf(
  node: GraphNode,
  inputs: readonly Grown[],
  known: ReadonlyMap<string, readonly number[]>,
): Grown {
  const [first] = inputs as [Grown, ...Grown[]];
  const told = (at: number) => known.get(node.inputs[at] ?? '');
  switch (node.op) {
    case 'Concat':
      return joined(inputs, intOf(node, 'axis') ?? 0);
    case 'ConstantOfShape':
      return filled(told(0) ?? []);
    case 'Expand':
      return filled(broadcast([first.dims ?? [], told(1) ?? []]));
    case 'Tile':
      return { size: first.size * sizeOf(told(1) ?? []) };
    case 'Transpose': {
      const perm = intsOf(node, 'perm') ?? first.dims?.map((_, i, all) => all.length - 1 - i);
      return withDims(first, first.dims && perm?.map((axis) => first.dims![axis] ?? 1));
    }
    case 'Unsqueeze':
      return withDims(first, first.dims && unsqueezed(first.dims, intsOf(node, 'axes') ?? told(1)));
    case 'Reshape':
      return withDims(first, first.dims && reshaped(first, told(1)));
    case 'MatMul':
    case 'Gemm':
      return inputs.length > 1 ? { size: first.size * inputs[1]!.size } : first;
    default: {
      const dims = inputs.map((input) => input.dims);
      if (!dims.every((each) => each !== undefined))
        return { size: Math.max(...inputs.map(({ size }) => size)) };
      const all = broadcast(dims);
      return { size: sizeOf(all), dims: all };
    }
  }
}

function joined(inputs: readonly Grown[], axis: number): Grown {
  const size = inputs.reduce((sum, input) => sum + input.size, 0);
  const [first] = inputs as [Grown, ...Grown[]];
  const at = positiveAxis(axis, first.dims?.length ?? 0);
  const along = inputs.reduce((sum, { dims }) => sum + (dims?.[at] ?? Number.NaN), 0);
  return Number.isNaN(along) ? { size } : { size, dims: first.dims!.with(at, along) };
}

function filled(dims: Dims): Grown {
  return { size: sizeOf(dims), dims };
}

function withDims({ size }: Grown, dims: Dims | undefined): Grown {
  return dims && sizeOf(dims) === size ? { size, dims } : { size };
}

function unsqueezed(dims: Dims, axes: Dims | undefined): Dims | undefined {
  const rank = dims.length + (axes?.length ?? 0);
  const ones = new Set(axes?.map((axis) => positiveAxis(axis, rank)));
  const rest = dims.values();
  return axes && Array.from({ length: rank }, (_, i) => (ones.has(i) ? 1 : (rest.next().value ?? 1)));
}

function reshaped({ dims, size }: Grown, shape: Dims | undefined): Dims | undefined {
  const known = shape?.map((dim, i) => (dim === 0 ? (dims?.[i] ?? 1) : dim));
  const rest = known && sizeOf(known.filter((dim) => dim >= 0));
  return known?.map((dim) => (dim < 0 ? size / rest! : dim));
}

/** As numpy has it, for everything that works value by value; more than that is right for nothing else. */
function broadcast(all: readonly Dims[]): Dims {
  const rank = Math.max(...all.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, i) =>
    Math.max(...all.map((dims) => dims[i - rank + dims.length] ?? 1)),
  );
}

function sizeOf(dims: Dims): number {
  return dims.reduce((product, dim) => product * Math.max(0, dim), 1);
}
