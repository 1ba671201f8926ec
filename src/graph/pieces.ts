import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode, ValueInfo } from './graph.ts';
import { namesRead } from './topology.ts';

/** Some nodes of a graph that follow each other, as a graph of their own. */
export interface Piece {
  /** Its inputs are those of the whole graph that it reads. */
  readonly graph: Graph;
  /** Tensors of earlier pieces that it reads. */
  readonly reads: readonly string[];
  /** Tensors of its own that later pieces read, and outputs of the whole graph. */
  readonly gives: readonly ValueInfo[];
}

/** The graph in pieces of at most so many nodes; constants that several read stand in each of them. */
export function piecesOf(graph: Graph, most: number): Piece[] {
  const { nodes } = graph;
  if (nodes.length <= most) return [{ graph, reads: [], gives: graph.outputs }];
  const constants = constantValues(graph);
  const parts: (readonly GraphNode[])[] = [];
  for (let from = 0; from < nodes.length; from += most) parts.push(nodes.slice(from, from + most));
  const read = parts.map((part) => new Set(part.flatMap(namesRead)));
  const lastReader = new Map<string, number>();
  read.forEach((names, at) => {
    for (const name of names) lastReader.set(name, at);
  });
  return parts.map((part, at) => {
    const own = new Set(part.flatMap(({ outputs }) => outputs));
    const outside = [...read[at]!].filter((name) => !own.has(name));
    const inputs = graph.inputs.filter(({ name }) => read[at]!.has(name));
    const given = new Set([...graph.constants.keys(), ...inputs.map(({ name }) => name)]);
    const isConstant = (name: string) => graph.constants.has(name) || constants.has(name);
    const later = [...own].filter((name) => lastReader.get(name)! > at && !isConstant(name));
    const outputs = graph.outputs.filter(({ name }) => own.has(name));
    const known = new Set(outputs.map(({ name }) => name));
    return {
      graph: {
        ...graph,
        ...{ nodes: part, inputs, outputs },
        constants: new Map(outside.filter(isConstant).map((name) => [name, constants.get(name)!] as const)),
      },
      reads: outside.filter((name) => !given.has(name) && !isConstant(name)),
      gives: [
        ...outputs,
        ...later
          .filter((name) => !known.has(name))
          .map((name): ValueInfo => ({ name, dtype: null, dims: [] })),
      ],
    };
  });
}
