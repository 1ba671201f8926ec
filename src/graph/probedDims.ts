import { Refusal } from '../refusal.ts';
import { GraphBuilder } from './builder.ts';
import { constantValues } from './constantValue.ts';
import type { Graph, ValueInfo } from './graph.ts';
import { inTurn } from './inTurn.ts';
import { knownShapes } from './knownShapes.ts';
import { packedShapes } from './packedShapes.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { Runtime, Tensors } from './runtime.ts';
import { sequences } from './sequences.ts';

/** What the native runtime takes grows faster than a graph: four times 5,000 nodes take half as long again as twenty times 1,000. */
const NODES_AT_ONCE = 1000;

interface ProbedDims {
  /** Dims by name, for each run. */
  readonly seen: readonly Map<string, readonly number[]>[];
  /** What the graph's outputs were in the first run. */
  readonly outputs: Tensors;
}

/** Dims of every input and of every tensor a node makes, per run. @throws Refusal `model-refused` */
export async function probedDims(
  graph: Graph,
  runtime: Runtime,
  runs: readonly Tensors[],
  atOnce = NODES_AT_ONCE,
): Promise<ProbedDims> {
  const whole = piecesOf(graph, graph.nodes.length);
  const pieces = piecesOf(graph, atOnce);
  const made = new Set(graph.nodes.flatMap((node) => node.outputs));
  // No list of tensors is fed in, and an input or constant may be an output.
  const isWhole = sequences(graph).size > 0 || graph.outputs.some(({ name }) => !made.has(name));
  if (pieces.length === 1 || isWhole) return throughPieces(graph, runtime, runs, whole);
  try {
    return await throughPieces(graph, runtime, runs, pieces);
  } catch (error) {
    // What goes from piece to piece may be of a type that no tensor is fed in.
    if (!(error instanceof Refusal)) throw error;
    return throughPieces(graph, runtime, runs, whole);
  }
}

async function throughPieces(
  graph: Graph,
  runtime: Runtime,
  runs: readonly Tensors[],
  pieces: readonly Piece[],
): Promise<ProbedDims> {
  const lists = sequences(graph);
  const followed = shapesThatFollow(graph, lists);
  const asked = new Set(followed.map(({ name }) => name));
  const wanted = (name: string) => name !== '' && !lists.has(name) && !asked.has(name);
  const seen = runs.map(
    (feeds) => new Map(Object.entries(feeds).map(([name, feed]) => [name, feed.dims] as const)),
  );
  let made: readonly Tensors[] = runs.map(() => ({}));
  for (const piece of pieces) {
    const read = (at: number): Tensors =>
      Object.fromEntries(piece.reads.map((name) => [name, made[at]![name]!] as const));
    const between = inputsOf(graph, runs, [...runs.keys()].map(read));
    const builder = new GraphBuilder({ ...piece.graph, inputs: [...piece.graph.inputs, ...between] });
    const shapes = packedShapes(
      builder,
      piece.graph.nodes.flatMap((node) => node.outputs.filter(wanted)),
    );
    const session = await runtime.load(builder.build([...shapes.outputs, ...piece.gives]), {
      optimize: false,
    });
    try {
      const results = await inTurn([...runs.keys()], (at) =>
        session.run({ ...only(runs[at]!, piece.graph.inputs), ...read(at) }),
      );
      for (const [at, result] of results.entries()) {
        for (const [name, dims] of shapes.read(result)) seen[at]!.set(name, dims);
      }
      made = made.map((before, at) => ({ ...before, ...only(results[at]!, piece.gives) }));
    } finally {
      await session.dispose();
    }
  }
  const constants = constantValues(graph);
  for (const one of seen) {
    for (const { name, inputs, shape } of followed) {
      one.set(name, shape(inputs.map((input) => one.get(input) ?? constants.get(input)!.dims)));
    }
  }
  return { seen, outputs: only(made[0]!, graph.outputs) };
}

/**
 * The same tensors of several runs as inputs of a graph. An axis whose length is that of a free axis in every run bears
 * its name: of lengths that nothing tells apart the native runtime takes a hundred times as long to plan.
 */
function inputsOf(graph: Graph, runs: readonly Tensors[], read: readonly Tensors[]): ValueInfo[] {
  const symbols = new Map<string, string>();
  const lengths = (tensors: readonly Tensors[], name: string, axis: number) =>
    tensors.map((one) => one[name]!.dims[axis]!);
  for (const { name, dims } of graph.inputs) {
    dims.forEach((dim, axis) => {
      if (typeof dim === 'string' && runs[0]![name]) symbols.set(`${lengths(runs, name, axis)}`, dim);
    });
  }
  return Object.entries(read[0]!).map(([name, { dtype, dims }]) => ({
    ...{ name, dtype },
    dims: dims.map((length, axis) => {
      const all = lengths(read, name, axis);
      return all.every((one) => one === length)
        ? length
        : (symbols.get(`${all}`) ?? `length_${all.join('_')}`);
    }),
  }));
}

function only(tensors: Tensors, infos: readonly ValueInfo[]): Tensors {
  return Object.fromEntries(
    infos.flatMap(({ name }) => (tensors[name] ? [[name, tensors[name]] as const] : [])),
  );
}

/** Tensors whose shapes need no look, in the graph's order. */
function shapesThatFollow(graph: Graph, lists: ReadonlySet<string>) {
  const constants = constantValues(graph);
  const known = new Set([...graph.inputs.map(({ name }) => name), ...constants.keys()]);
  return graph.nodes.flatMap((node) => {
    const follow = knownShapes(node, graph.opset, constants);
    const all = follow.every(({ inputs }) => inputs.every((name) => known.has(name)));
    for (const name of node.outputs) if (!lists.has(name)) known.add(name);
    return all ? follow : [];
  });
}
