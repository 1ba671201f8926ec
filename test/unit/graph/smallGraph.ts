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

/** All of x, by an operator nothing is known about: the steps a condition keeps, which is true `steps` times. */
export function behindUnknown(builder: GraphBuilder, x: string, steps: number): string {
  const kept = builder.constant({ dtype: 'bool', dims: [steps], data: new Uint8Array(steps).fill(1) });
  return builder.add('Compress', [x, kept], { axis: { kind: 'int', value: 2 } });
}
