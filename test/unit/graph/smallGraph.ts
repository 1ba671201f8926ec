import { GraphBuilder } from '../../../src/graph/builder.ts';
import type { Graph } from '../../../src/graph/graph.ts';

/** A graph with the input `x` and nothing else, to be grown with a GraphBuilder. */
export function emptyGraph(dims: readonly (number | string | null)[], opset = 17): Graph {
  return {
    opset,
    irVersion: 8,
    producer: 'test',
    nodes: [],
    constants: new Map(),
    inputs: [{ name: 'x', dtype: 'float32', dims }],
    outputs: [],
  };
}

/** Grows a graph over `x` and makes what `grow` returns its output `y`. */
export function graphOf(
  dims: readonly (number | string | null)[],
  grow: (builder: GraphBuilder) => string,
  opset = 17,
): Graph {
  const builder = new GraphBuilder(emptyGraph(dims, opset));
  builder.rename(grow(builder), 'y');
  return builder.build([{ name: 'y', dtype: 'float32', dims: [] }]);
}
