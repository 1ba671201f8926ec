import type { Graph } from './graph.ts';

/** Lengths that are tried. */
const MOST = 6;

/** Numbers that reshapes and expansions of a graph are told, which may be the length of its series; a few, each once. */
export function writtenLengths({ nodes, constants }: Graph): number[] {
  const told = nodes.flatMap(({ op, inputs }) => {
    const shape = op === 'Reshape' || op === 'Expand' ? constants.get(inputs[1] ?? '') : undefined;
    return shape?.data instanceof BigInt64Array ? [...shape.data].map(Number) : [];
  });
  return [...new Set(told.filter((size) => size > 1))].slice(0, MOST);
}
