import type { Graph, GraphNode } from '../../graph/graph.ts';
import { Refusal } from '../../refusal.ts';
import { isRun } from './registry.ts';

/** Operators are read as these opsets define them. */
const OLDEST = 9;
const NEWEST = 25;

/** @throws Refusal `model-refused` before anything runs: unknown operators by name, opsets out of range */
export function checkGraph(graph: Graph, title: string): void {
  const instead = 'choose an ONNX runtime in attribution.runtime (--runtime on the command line)';
  if (graph.opset < OLDEST || graph.opset > NEWEST) {
    throw new Refusal(
      'model-refused',
      `${title} cannot run this model: opset ${graph.opset} is not supported (${OLDEST} to ${NEWEST} are); ${instead}.`,
    );
  }
  const unknown = firstUnknown(graph);
  if (unknown) {
    const { op, domain, name } = unknown;
    const full = domain === '' ? op : `${domain}.${op}`;
    throw new Refusal(
      'model-refused',
      `${title} cannot run this model: it does not know the operator ${full} (node "${name}"); ${instead}.`,
    );
  }
}

/** Also in the graphs inside the nodes. */
function firstUnknown(graph: Graph): GraphNode | undefined {
  for (const node of graph.nodes) {
    if ((node.domain !== '' && node.domain !== 'ai.onnx') || !isRun(node.op)) return node;
    for (const attribute of Object.values(node.attributes)) {
      const inside = attribute.kind === 'graph' ? firstUnknown(attribute.value) : undefined;
      if (inside) return inside;
    }
  }
  return undefined;
}
