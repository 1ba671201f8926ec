import { GraphBuilder } from './builder.ts';
import { composite, isComposite } from './composites.ts';
import type { Graph, GraphNode } from './graph.ts';
import { Term } from './term.ts';

/** The graph with the body of every composite in its place; graphs inside nodes stay as they are. */
export function writtenOut(graph: Graph): Graph {
  if (!graph.nodes.some(isComposite)) return graph;
  const builder = new GraphBuilder(graph, 'body');
  const results = new Map<string, GraphNode>();
  const nodes = graph.nodes.flatMap((node) => {
    if (!isComposite(node)) return [node];
    return builder.recording(() => {
      results.set(composite(node, new Term(builder, node.inputs[0]!)).name, node);
    });
  });
  const made = nodes.flatMap(({ outputs }) => outputs).map((name) => ({ name, dtype: null, dims: [] }));
  const { constants } = builder.build(made);
  return {
    ...graph,
    // Who reads a composite's output reads that of its body.
    nodes: nodes.map((node) => ({
      ...node,
      outputs: results.get(node.outputs[0]!)?.outputs ?? node.outputs,
    })),
    constants: new Map([...graph.constants, ...constants]),
  };
}
