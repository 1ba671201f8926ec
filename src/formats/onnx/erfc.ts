import { GraphBuilder } from '../../graph/builder.ts';
import type { Graph } from '../../graph/graph.ts';

/**
 * tf2onnx writes Keras' exact GELU with an operator Erfc that ONNX does not have and no runtime knows; it is 1 − erf.
 * @returns the graph itself where there is none
 */
export function withoutErfc(graph: Graph): Graph {
  if (!graph.nodes.some(({ op, domain }) => op === 'Erfc' && domain === '')) return graph;
  const one = new GraphBuilder(graph, 'erfc').unique('one');
  const nodes = graph.nodes.flatMap((node) => {
    if (node.op !== 'Erfc' || node.domain !== '') return [node];
    const inner = `${one}/${node.outputs[0]}`;
    return [
      { ...node, op: 'Erf', name: `${node.name}/Erf`, outputs: [inner] },
      { ...node, op: 'Sub', inputs: [one, inner] },
    ];
  });
  const constants = new Map(graph.constants);
  constants.set(one, { dtype: 'float32', dims: [], data: Float32Array.of(1) });
  return { ...graph, nodes, constants };
}
