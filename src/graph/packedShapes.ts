import type { GraphBuilder } from './builder.ts';
import type { ValueInfo } from './graph.ts';
import type { Tensors } from './runtime.ts';
import { numbers } from './tensor.ts';

/** Shapes asked for in one output: what the runtime takes grows with the square of their number, and of the outputs'. */
const GROUP = 32;
/** Stands behind each shape: no length is below zero. */
const END = -1;

interface PackedShapes {
  /** int64 [rank of all tensors together, and one more each] of every group. */
  readonly outputs: readonly ValueInfo[];
  /** Dims of every tensor asked for, from what a run gave for `outputs`. */
  read(results: Tensors): Map<string, readonly number[]>;
}

/** The shapes of many tensors through few outputs, with one node each: loading takes as long as there are nodes. */
export function packedShapes(builder: GraphBuilder, names: readonly string[]): PackedShapes {
  const groups = Array.from({ length: Math.ceil(names.length / GROUP) }, (_, i) => {
    const inside = names.slice(i * GROUP, (i + 1) * GROUP);
    const end = builder.ints([END]);
    const dims = builder.concat(
      inside.flatMap((name) => [builder.shapeOf(name), end]),
      0,
    );
    return { inside, dims };
  });
  return {
    outputs: groups.map(({ dims }): ValueInfo => ({ name: dims, dtype: 'int64', dims: [null] })),
    read(results) {
      const seen = new Map<string, readonly number[]>();
      for (const { inside, dims } of groups) {
        const all = numbers(results[dims]!);
        let from = 0;
        for (const name of inside) {
          const to = all.indexOf(END, from);
          seen.set(name, all.slice(from, to));
          from = to + 1;
        }
      }
      return seen;
    },
  };
}
