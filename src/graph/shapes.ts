import { Refusal } from '../refusal.ts';
import { GraphBuilder } from './builder.ts';
import { constantValues } from './constantValue.ts';
import type { Graph, ValueInfo } from './graph.ts';
import { inTurn } from './inTurn.ts';
import { probedDims } from './probedDims.ts';
import type { LoadedGraph, Runtime, Tensors } from './runtime.ts';
import { elementCount, numbers, type Tensor } from './tensor.ts';
import { type Lengths, NONE } from './values/lengths.ts';
import { type ValueFlow, valueFlow } from './values/valueFlow.ts';

/** What probe runs have shown about every tensor of a graph, for one input size. */
export interface Shapes {
  /** Instances in the probe run; the batch dims of `dims` have this length. */
  readonly batch: number;
  /** What the graph's outputs were in the probe run. */
  readonly outputs: Tensors;
  /** Dims as seen, batch included; undefined for a tensor the outputs do not rest on. */
  dims(tensor: string): readonly number[] | undefined;
  /** The axis whose length follows the number of instances; null where there is none. */
  batchAxis(tensor: string): number | null;
  /**
   * Values of an integer tensor that rests on constants and shapes alone, so that they are the same for every input of
   * this size; undefined where they rest on values, or are others for another number of instances.
   */
  integers(tensor: string): readonly number[] | undefined;
  /** Whether a tensor's values rest on those that go in. */
  moves(tensor: string): boolean;
  /** Axes whose length follows the values that go in; `dims` tells only how long they were in the probe run. */
  lengths(tensor: string): Lengths;
}

/** Tensors with more values are data, not shapes, axes or indices. */
const LARGEST_INDEX_TENSOR = 4096;

/**
 * Runs the graph un-optimised, once with `feeds` and, where the number of instances is free, once with one instance
 * more, and notes the shape of every tensor (only shapes leave the runtime, so memory stays small).
 * @throws Refusal `model-refused` where the runtime cannot run the graph with these feeds.
 */
export async function probeShapes(graph: Graph, runtime: Runtime, feeds: Tensors): Promise<Shapes> {
  const free = batchIsFree(graph, feeds);
  const runs = free ? [feeds, withOneMore(graph, feeds)] : [feeds];
  const { seen, outputs } = await probedDims(graph, runtime, runs);
  const [first, second] = seen;
  const constants = constantValues(graph);
  const flow = valueFlow(graph, (tensor) => first!.get(tensor));
  const values = await integersOf(graph, runtime, runs, first!, flow);
  const batch = Object.values(feeds)[0]?.dims[0] ?? 1;
  return {
    batch,
    outputs,
    dims: (tensor) => first!.get(tensor) ?? constants.get(tensor)?.dims,
    batchAxis(tensor) {
      const dims = first!.get(tensor);
      const other = second?.get(tensor);
      if (dims === undefined) return null;
      const axis = other ? dims.findIndex((dim, i) => dim !== other[i]) : dims[0] === batch ? 0 : -1;
      return axis < 0 ? null : axis;
    },
    integers: (tensor) => values.get(tensor),
    moves: (tensor) => flow.moves(tensor),
    lengths: (tensor) => flow.lengths(tensor) ?? NONE,
  };
}

/** The shapes of a graph some of whose tensors bear other names. @param known the name that was probed */
export function shapesAs(shapes: Shapes, known: (tensor: string) => string): Shapes {
  return {
    batch: shapes.batch,
    outputs: shapes.outputs,
    dims: (name) => shapes.dims(known(name)),
    batchAxis: (name) => shapes.batchAxis(known(name)),
    integers: (name) => shapes.integers(known(name)),
    moves: (name) => shapes.moves(known(name)),
    lengths: (name) => shapes.lengths(known(name)),
  };
}

function batchIsFree(graph: Graph, feeds: Tensors): boolean {
  return graph.inputs.some((input) => input.name in feeds && typeof input.dims[0] !== 'number');
}

/** The feeds with the first instance once more at the end. */
function withOneMore(graph: Graph, feeds: Tensors): Tensors {
  return resized(graph, feeds, (feed, dims) => {
    const array = feed.data.constructor as new (length: number) => Float32Array;
    const all = new array(elementCount([feed.dims[0]! + 1, ...dims]));
    all.set(feed.data as Float32Array);
    all.set(feed.data.subarray(0, elementCount(dims)) as Float32Array, feed.data.length);
    return { ...feed, dims: [feed.dims[0]! + 1, ...dims], data: all } as Tensor;
  });
}

/** The first instance alone: a question about the number of instances may be answered otherwise for it. */
function onlyFirst(graph: Graph, feeds: Tensors): Tensors {
  return resized(
    graph,
    feeds,
    (feed, dims) => ({ ...feed, dims: [1, ...dims], data: feed.data.slice(0, elementCount(dims)) }) as Tensor,
  );
}

/** Every feed whose number of instances is free, as `make` gives it. */
function resized(
  graph: Graph,
  feeds: Tensors,
  make: (feed: Tensor, dims: readonly number[]) => Tensor,
): Tensors {
  const changed = graph.inputs.flatMap((input) => {
    const feed = feeds[input.name];
    if (feed === undefined || typeof input.dims[0] === 'number') return [];
    return [[input.name, make(feed, feed.dims.slice(1))] as const];
  });
  return { ...feeds, ...Object.fromEntries(changed) };
}

/** Integer tensors computed from constants and shapes while the model runs, where all runs agree on their values. */
async function integersOf(
  graph: Graph,
  runtime: Runtime,
  runs: readonly Tensors[],
  dims: ReadonlyMap<string, readonly number[]>,
  flow: ValueFlow,
): Promise<Map<string, readonly number[]>> {
  const values = new Map<string, readonly number[]>();
  for (const [name, constant] of constantValues(graph)) {
    if (isInteger(constant)) values.set(name, numbers(constant));
  }
  const names = graph.nodes
    .filter((node) => node.op !== 'Constant')
    .flatMap((node) => node.outputs)
    .filter(
      (name) => elementCount(dims.get(name) ?? [Infinity]) <= LARGEST_INDEX_TENSOR && !flow.moves(name),
    );
  if (names.length === 0) return values;
  const outputs = names.map((name): ValueInfo => ({ name, dtype: null, dims: [] }));
  // Without what no such tensor rests on, which is all of the work.
  const session = await runtime.load(new GraphBuilder(graph).build(outputs), { optimize: false });
  try {
    const [first, ...others] = await inTurn(runs, (feeds) => session.run(feeds, names));
    if (others.length > 0) others.push(...(await alone(session, onlyFirst(graph, runs[0]!), names)));
    for (const name of names) {
      const value = first![name]!;
      const same = others.every((other) => sameValues(other[name]!, value));
      if (isInteger(value) && same) values.set(name, numbers(value));
    }
    return values;
  } finally {
    await session.dispose();
  }
}

/** A model that cannot take one instance alone has nothing to say about one. */
async function alone(session: LoadedGraph, feeds: Tensors, names: readonly string[]): Promise<Tensors[]> {
  try {
    return [await session.run(feeds, names)];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function isInteger({ dtype }: Tensor): boolean {
  return dtype !== 'float32' && dtype !== 'float64';
}

function sameValues(a: Tensor, b: Tensor): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}
