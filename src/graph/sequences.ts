import type { Graph } from './graph.ts';

const MAKERS = new Set([
  ...['SplitToSequence', 'SequenceConstruct', 'SequenceEmpty', 'SequenceInsert', 'SequenceErase'],
  ...['SequenceMap', 'StringSplit', 'Optional', 'OptionalGetElement'],
]);
/** They hand on what they are given. */
const PASSED_ON = new Set(['Identity', 'Loop', 'Scan', 'If']);

/** Names of what is no tensor: lists of tensors, and what may hold one. No shape can be asked of them. */
export function sequences(graph: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of graph.nodes) {
    const inner = Object.values(node.attributes).flatMap((one) => (one.kind === 'graph' ? [one.value] : []));
    const made =
      MAKERS.has(node.op) ||
      (PASSED_ON.has(node.op) && node.inputs.some((name) => found.has(name))) ||
      inner.some((body) => body.outputs.some(({ name }) => sequences(body).has(name)));
    if (made) for (const output of node.outputs) found.add(output);
  }
  return found;
}
