import { anyOutput } from '../graph/cutGraph.ts';
import type { Graph } from '../graph/graph.ts';
import { mostAlive } from '../graph/mostAlive.ts';
import type { Runtime } from '../graph/runtime.ts';
import type { Shapes } from '../graph/shapes.ts';
import { elementCount } from '../graph/tensor.ts';
import { Refusal } from '../refusal.ts';

/** What a run takes beyond the tensors that are there at once: measured, .8 to 1.5 times (docs/training.md). */
const BEYOND = 1.4;

/**
 * Bytes that a step of training takes for each of its series: what of its graph is there at once, by the dims that the
 * runtime infers when it loads it; nothing is run.
 * @param shapes of the model's own tensors, for those that the runtime cannot tell
 */
export async function stepBytes(graph: Graph, shapes: Shapes, runtime: Runtime): Promise<number> {
  const inferred = await inferredDims(ofOneSeries(graph, shapes), runtime);
  const values = new Map<string, number>();
  for (const { inputs, outputs } of graph.nodes) {
    const read = inputs.reduce((most, name) => Math.max(most, values.get(name) ?? 0), 0);
    for (const name of outputs) {
      const seen = shapes.dims(name);
      const own = seen && elementCount(seen) / shapes.batch;
      const dims = inferred.get(name);
      // What nothing tells is as large as the largest that it is made of.
      values.set(name, dims ? elementCount(dims) : (own ?? read));
    }
  }
  return 4 * BEYOND * mostAlive(graph, (name) => values.get(name)!);
}

function ofOneSeries(graph: Graph, shapes: Shapes): Graph {
  const inputs = graph.inputs.map((info) => ({
    ...info,
    dims: info.dims.map((dim, axis) =>
      typeof dim === 'number' ? dim : axis === 0 ? 1 : (shapes.dims(info.name)?.[axis] ?? 1),
    ),
  }));
  return { ...graph, inputs };
}

/** By name; without those that are not known before values are. */
async function inferredDims(graph: Graph, runtime: Runtime): Promise<ReadonlyMap<string, readonly number[]>> {
  const names = graph.nodes.flatMap(({ outputs }) => outputs.filter((name) => name !== ''));
  const outputs = names.map(anyOutput);
  try {
    const session = await runtime.load({ ...graph, outputs }, { optimize: false });
    await session.dispose();
    return session.dims ?? new Map();
  } catch (error) {
    // Of what is no tensor (a list, an optional one) no graph is asked for.
    if (error instanceof Refusal) return new Map();
    throw error;
  }
}
