import type { GraphBuilder } from './builder.ts';
import type { ValueInfo } from './graph.ts';
import type { Tensors } from './runtime.ts';
import { numbers } from './tensor.ts';

/** Shapes asked for in a pair of outputs: what the runtime takes for outputs grows with the square of their number. */
const GROUP = 128;

interface PackedShapes {
  /** int64 [rank of all tensors together] and int64 [tensors] (each one's rank) of every group. */
  readonly outputs: readonly ValueInfo[];
  /** Dims of every tensor asked for, from what a run gave for `outputs`. */
  read(results: Tensors): Map<string, readonly number[]>;
}

/** The shapes of many tensors through few outputs. */
export function packedShapes(builder: GraphBuilder, names: readonly string[]): PackedShapes {
  const groups = Array.from({ length: Math.ceil(names.length / GROUP) }, (_, i) => {
    const inside = names.slice(i * GROUP, (i + 1) * GROUP);
    const shapes = inside.map((name) => builder.shapeOf(name));
    const ranks = shapes.map((shape) => builder.add('Shape', [shape]));
    // A group of one would be the tensor itself, which may be an output already.
    const whole = (parts: readonly string[]) => builder.add('Identity', [builder.concat(parts, 0)]);
    return { inside, dims: whole(shapes), ranks: whole(ranks) };
  });
  return {
    outputs: groups
      .flatMap(({ dims, ranks }) => [dims, ranks])
      .map((name): ValueInfo => ({ name, dtype: 'int64', dims: [null] })),
    read(results) {
      const seen = new Map<string, readonly number[]>();
      for (const { inside, dims, ranks } of groups) {
        const all = numbers(results[dims]!);
        let from = 0;
        for (const [i, rank] of numbers(results[ranks]!).entries()) {
          seen.set(inside[i]!, all.slice(from, from + rank));
          from += rank;
        }
      }
      return seen;
    },
  };
}
