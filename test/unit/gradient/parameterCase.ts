import { GraphBuilder } from '../../../src/graph/builder.ts';
import { appendGradients } from '../../../src/graph/gradient/appendGradient.ts';
import { isFlat } from '../../../src/graph/gradient/flat.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { liveNodes } from '../../../src/graph/liveNodes.ts';
import { parametersAsInputs } from '../../../src/graph/parameters.ts';
import type { Runtime, Tensors } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { randomSeed } from './finiteDifferences.ts';
import { inputOf, type OpCase } from './opCase.ts';

/** What the gradient is not taken of: it is no weight of a layer, or has no gradient by its meaning. */
const NO_PARAMETER = new Set([
  ...['Pow 1', 'Mod 1', 'Clip 1', 'Clip 2', 'Resize 1', 'Resize 2', 'Upsample 1', 'Pad 2', 'Dropout 1'],
  ...['Attention 3', 'Attention 4', 'Attention 5', 'CastLike 1', 'OneHot 2', 'Range 1'],
  ...['RotaryEmbedding 1', 'RotaryEmbedding 2', 'RotaryEmbedding 3'],
]);

/** Float constants that some node reads as what it may differentiate. */
export function parametersOf(graph: Graph): string[] {
  return [...graph.constants.keys()].filter((name) => {
    const value = graph.constants.get(name)!;
    const readers = liveNodes(graph.nodes, ['y']).flatMap((node) =>
      node.inputs.flatMap((input, index) => (input === name ? [{ node, index }] : [])),
    );
    const differentiated = readers.every(
      ({ node, index }) => !NO_PARAMETER.has(`${node.op} ${index}`) && !isFlat(node),
    );
    return value.dtype === 'float32' && readers.length > 0 && differentiated;
  });
}

/** Those whose output moves with a parameter. */
export function movedByParameters(cases: readonly OpCase[]): OpCase[] {
  return cases.filter(
    (one) => parametersOf(one.graph).length > 0 && !one.title.startsWith('a step function'),
  );
}

/** The gradients of a case's parameters for a random gradient of its output, and the graph that computes them. */
export async function parameterGradients(runtime: Runtime, one: OpCase) {
  const x = inputOf(one);
  const shapes = await probeShapes(one.graph, runtime, { x });
  const names = parametersOf(one.graph);
  const open = parametersAsInputs(one.graph, names);
  const builder = new GraphBuilder(open);
  const seed = randomSeed(shapes.dims('y')!);
  builder.input({ name: 'seed', dtype: 'float32', dims: seed.dims.map(() => null) });
  const from = { tensor: 'y', gradient: 'seed' };
  const gradients = appendGradients(builder, { shapes, from, at: names });
  const graph = builder.build(gradients.map((name) => ({ name, dtype: 'float32', dims: [] })));
  const values = Object.fromEntries(names.map((name) => [name, one.graph.constants.get(name)!]));
  const feeds: Tensors = { x, ...values };
  const found = await runOnce(runtime, graph, { ...feeds, seed });
  return { open, graph, names, gradients, feeds, seed, found };
}

/** Loads a graph, runs it once and lets it go. */
export async function runOnce(runtime: Runtime, graph: Graph, feeds: Tensors): Promise<Tensors> {
  const session = await runtime.load(graph);
  const answer = await session.run(feeds);
  await session.dispose();
  return answer;
}
