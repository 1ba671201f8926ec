import { affinePrefix } from '../graph/affinePrefix.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { anyOutput, cutGraph } from '../graph/cutGraph.ts';
import { ReversePass } from '../graph/gradient/backward.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { shapesAs } from '../graph/shapes.ts';
import { elementCount, float32 } from '../graph/tensor.ts';
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
 * What a model does to its input before anything that is not affine is done once for a series and once for a direction,
 * not once for a point; the gradients come back to there, are summed, and are led through the rest as one.
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
    const each = builder.reshape(builder.reshapeLike(gradient, points.apart.get(name)!), [0, 0, -1]);
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
  /** The points as one batch [N·S, …], and apart [N, S, …], by what they are in the place of. */
  const at = new Map<string, string>();
  const apart = new Map<string, string>();
  const leaves = new Map<string, string>();
  const builder = cutGraph(graph, prefix, (front) => {
    write(front);
    return { instead: at, kept: [...apart.values(), ...leaves.values()] };
  });
  return { builder, at, apart, leaves };

  function write(builder: GraphBuilder): void {
    const dims = shapes.dims(input.name)!;
    const direction = builder.input({
      name: 'attribution_direction',
      dtype: input.dtype,
      dims: [null, ...dims.slice(1)],
    });
    const along = builder.input({ name: 'attribution_along', dtype: 'float32', dims: [null, null] });
    const zero = builder.constant(
      float32([1, ...dims.slice(1)], new Float32Array(elementCount(dims.slice(1)))),
    );
    const scaled = kind === 'around' ? builder.add('Mul', [direction, along]) : direction;
    const ofDirection = copied(builder, prefix, input.name, scaled);
    const ofZero = copied(builder, prefix, input.name, zero);
    for (const name of frontier) {
      const rest = shapes.dims(name)!.slice(1);
      const moved = { from: ofZero.get(name)!, to: ofDirection.get(name)! };
      const points = (kind === 'between' ? onLines : inCloud)(builder, name, moved, along);
      apart.set(name, points);
      at.set(name, builder.reshape(points, [-1, ...rest]));
      leaves.set(name, builder.add('Identity', [name], {}, 'leaf'));
    }
  }
}

/** What the affine part makes of zero and of the directions. */
interface Moved {
  readonly from: string;
  readonly to: string;
}

/** x + a·(to − from) as [N, S, values], in one pass: the product of (1, a) and (x, to − from). */
function onLines(builder: GraphBuilder, x: string, { from, to }: Moved, along: string): string {
  const column = builder.transpose(along, [1, 0]);
  const one = builder.add('Add', [builder.add('Mul', [column, builder.scalar(0)]), builder.scalar(1)]);
  const row = (tensor: string) => builder.reshape(builder.add('Flatten', [tensor]), [0, 1, -1]);
  const ends = builder.concat([row(x), row(builder.add('Sub', [to, from]))], 1);
  return builder.add('MatMul', [builder.concat([one, column], 1), ends]);
}

/** (x − from) + to as [N, S, …]. */
function inCloud(builder: GraphBuilder, x: string, { from, to }: Moved): string {
  const origin = builder.unsqueeze(builder.add('Sub', [x, from]), [1]);
  return builder.add('Add', [origin, builder.unsqueeze(to, [0])]);
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
