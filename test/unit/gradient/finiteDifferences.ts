import { GraphBuilder } from '../../../src/graph/builder.ts';
import { appendGradient } from '../../../src/graph/gradient/appendGradient.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { LoadedGraph, Runtime, Tensors } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { elementCount, float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { randomNumbers } from './opCase.ts';

/** Half of 1/32: no kink at a multiple of 1/16 lies between a grid value and its neighbours. */
const STEP = 1 / 64;

export interface Comparison {
  readonly analytic: readonly number[];
  readonly numeric: readonly number[];
  /** max |analytic − numeric| / max |numeric| */
  readonly error: number;
}

/** d Σ seed·y / dx of a graph from `x` to `y`, by our rules and by central differences; all elements up to `most`. */
export async function compareGradient(
  runtime: Runtime,
  graph: Graph,
  x: Tensor,
  most = 48,
): Promise<Comparison> {
  const shapes = await probeShapes(graph, runtime, { x });
  const seed = randomSeed(shapes.dims('y')!);
  const gradient = await gradientOf(runtime, graph, shapes, { x, seed });
  const session = await runtime.load(graph);
  const every = Math.max(1, Math.ceil(x.data.length / most));
  const analytic: number[] = [];
  const numeric: number[] = [];
  for (let i = 0; i < x.data.length; i += every) {
    const above = await weighted(session, moved(x, i, STEP), seed);
    const below = await weighted(session, moved(x, i, -STEP), seed);
    numeric.push((above - below) / (2 * STEP));
    analytic.push(gradient[i]!);
  }
  await session.dispose();
  const largest = Math.max(...numeric.map(Math.abs));
  const error = Math.max(...numeric.map((value, i) => Math.abs(value - analytic[i]!))) / largest;
  return { analytic, numeric, error };
}

/** d Σ seed·y / dx by our rules. */
export async function gradientOf(
  runtime: Runtime,
  graph: Graph,
  shapes: Awaited<ReturnType<typeof probeShapes>>,
  feeds: Tensors,
) {
  const builder = new GraphBuilder(graph);
  const seed = builder.input({ name: 'seed', dtype: 'float32', dims: shapes.dims('y')!.map(() => null) });
  const name = appendGradient(builder, { shapes, from: { tensor: 'y', gradient: seed }, at: 'x' });
  const session = await runtime.load(builder.build([{ name, dtype: 'float32', dims: [] }]));
  const result = (await session.run(feeds))[name]!;
  await session.dispose();
  if (`${result.dims}` !== `${feeds.x!.dims}`)
    throw new Error(`gradient of dims ${result.dims} for x of ${feeds.x!.dims}`);
  return numbers(result);
}

async function weighted(session: LoadedGraph, x: Tensor, seed: Tensor): Promise<number> {
  const { y } = await session.run({ x });
  return numbers(y!).reduce((sum, value, i) => sum + value * Number(seed.data[i]), 0);
}

function moved(x: Tensor, at: number, by: number): Tensor {
  const data = Float32Array.from(x.data as Float32Array);
  data[at]! += by;
  return float32(x.dims, data);
}

export function randomSeed(dims: readonly number[]): Tensor {
  const random = randomNumbers(11);
  return float32(
    dims,
    Array.from({ length: elementCount(dims) }, () => random() * 2 - 1),
  );
}
