import { affinePrefix } from '../graph/affinePrefix.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { anyOutput, cutGraph } from '../graph/cutGraph.ts';
import { ReversePass } from '../graph/gradient/backward.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { shapesAs } from '../graph/shapes.ts';
import { elementCount } from '../graph/tensor.ts';
import { canonicalAxes, inCanonicalOrder } from './canonicalAxes.ts';
import { inputLayer } from './inputLayer.ts';
import { classCount, type MapModel } from './mapGraph.ts';
import type { ModelInput } from './modelFeed.ts';
import { targetSeed } from './targetSeed.ts';

/**
 * Where the S points of each of N series x lie: `between`, at x + a·d with d of its own for each series and S numbers a
 * for all; `around`, at x + a·d with S directions d and a number a for all.
 */
export type PathKind = 'between' | 'around';

/**
 * The weighted sum over S points of d score / d input, in one run.
 *
 * What a model does to its input before anything that is not affine is done once for each end of a line, not once for a
 * point; the gradients come back to there, are summed, and are led through the rest as one.
 *
 * Inputs: the model's own, x [N, …] (a padding mask [N·S, T] where it takes one); `attribution_direction`, as x, N or S
 * rows; `attribution_along` float32 [1, S] or [1, 1]; `attribution_weights` float32 [1, S]; `attribution_target`,
 * `attribution_against` and `attribution_sign` [N·S], as of mapGraph.
 * Output: `attribution_map` [N, F, T].
 * @throws Refusal as mapGraph does
 */
export function pathGraph(model: MapModel & { readonly input: ModelInput }, kind: PathKind): Graph {
  const { graph, input, shapes, logits } = model;
  const prefix = affinePrefix(graph, input.name, logits, shapes);
  const points = withPoints(model, prefix.nodes, prefix.frontier, kind);
  const { builder, at, leaves } = points;
  const known = new Map([...at, ...leaves].map(([name, other]) => [other, name]));
  const seen = shapesAs(shapes, (name) => known.get(name) ?? name);
  const vector = (name: string, dtype: 'int64' | 'float32') => builder.input({ name, dtype, dims: [null] });
  const seed = targetSeed(builder, logits, classCount(shapes, logits), {
    target: vector('attribution_target', 'int64'),
    against: vector('attribution_against', 'int64'),
    sign: vector('attribution_sign', 'float32'),
  });
  const weights = builder.input({ name: 'attribution_weights', dtype: 'float32', dims: [1, null] });
  const from = { tensor: logits, gradient: seed };
  const pass = new ReversePass(builder, { shapes: seen, from, at: [...at.values()], partly: true });
  const sources: { readonly tensor: string; readonly gradient: string }[] = [];
  const parts: string[] = [];
  for (const name of prefix.frontier) {
    const gradient = pass.gradient(at.get(name)!);
    if (gradient === undefined) continue;
    const apart = builder.slice(builder.shapeOf(points.apart), [0], [0], [2]);
    const each = builder.add('Reshape', [gradient, builder.concat([apart, builder.ints([-1])], 0)]);
    const sum = builder.reshape(builder.add('MatMul', [weights, each]), [-1, ...shapes.dims(name)!.slice(1)]);
    if (name === input.name) parts.push(sum);
    else sources.push({ tensor: leaves.get(name)!, gradient: sum });
  }
  if (sources.length > 0) {
    const back = new ReversePass(builder, {
      shapes: seen,
      from: sources,
      at: input.name,
    });
    parts.push(back.gradient(input.name)!);
  }
  const axes = canonicalAxes(inputLayer(input, 0), shapes);
  const sum = parts.length === 1 ? parts[0]! : builder.add('Add', parts);
  const map = builder.squeeze(inCanonicalOrder(builder, sum, axes), [1]);
  return builder.build([anyOutput(builder.rename(map, 'attribution_map'))]);
}

/** The graph with the points in the place of the frontier. */
function withPoints(
  { graph, input, shapes }: MapModel & { readonly input: ModelInput },
  prefix: readonly GraphNode[],
  frontier: readonly string[],
  kind: PathKind,
) {
  /** The points as one batch [N·S, …], by what they are in the place of. */
  const at = new Map<string, string>();
  const leaves = new Map<string, string>();
  /** A tensor [N, S, …]. */
  let apart = '';
  const builder = cutGraph(graph, prefix, (front) => {
    write(front);
    return { instead: at, kept: [apart, ...leaves.values()] };
  });
  return { builder, at, apart, leaves };

  function write(builder: GraphBuilder): void {
    const [, ...dims] = shapes.dims(input.name)!;
    const series = (name: string) => builder.input({ name, dtype: input.dtype, dims: [null, ...dims] });
    const direction = series('attribution_direction');
    const along = builder.input({ name: 'attribution_along', dtype: 'float32', dims: [null, null] });
    const first = builder.unsqueeze(input.name, [1]);
    const far = kind === 'between' ? direction : builder.add('Mul', [direction, along]);
    const other = builder.add('Add', [first, builder.unsqueeze(far, [kind === 'between' ? 1 : 0])]);
    // Of a line both ends, else every point.
    const given = kind === 'between' ? builder.concat([first, other], 1) : other;
    const after = copied(builder, prefix, input.name, builder.reshape(given, [-1, ...dims]));
    apart = given;
    for (const name of frontier) {
      const [, ...rest] = shapes.dims(name)!;
      const moved = after.get(name)!;
      // A name of its own: what else of the affine part reads this one is no part of its gradient.
      at.set(name, kind === 'between' ? onLines(moved, rest) : builder.add('Identity', [moved]));
      leaves.set(name, builder.add('Identity', [name], {}, 'leaf'));
    }

    /** (1 − a)·P(x) + a·P(x + d), in one pass. */
    function onLines(ends: string, rest: readonly number[]): string {
      const column = builder.transpose(along, [1, 0]);
      const shares = builder.concat([builder.add('Sub', [builder.scalar(1), column]), column], 1);
      apart = builder.add('MatMul', [shares, builder.reshape(ends, [-1, 2, elementCount(rest)])]);
      return builder.reshape(apart, [-1, ...rest]);
    }
  }
}

/** The nodes once more, reading another input; names by what they are copies of. */
function copied(
  builder: GraphBuilder,
  nodes: readonly GraphNode[],
  from: string,
  to: string,
): Map<string, string> {
  const names = new Map([[from, to]]);
  for (const { op, inputs, outputs, attributes } of nodes) {
    const copy = builder.add(
      op,
      inputs.map((name) => names.get(name) ?? name),
      attributes,
      'copy',
    );
    names.set(outputs[0]!, copy);
  }
  return names;
}
