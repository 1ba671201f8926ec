import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { GraphNode } from '../graph.ts';

/** The gradient cannot pass this node. `why` says what exactly, e.g. `mode "reflect"`. */
export function unsupported(node: GraphNode, why?: string): Refusal {
  return refuse(`${nodeTitle(node)}${why ? `: ${why}` : ''}`);
}

/** Nodes without a rule: each operator is named once, with its first node. */
export function unsupportedMany(nodes: readonly GraphNode[]): Refusal {
  const first = new Map<string, GraphNode>();
  for (const node of nodes) if (!first.has(node.op)) first.set(node.op, node);
  return refuse(listed([...first.values()].map(nodeTitle)));
}

/**
 * The logits do not rest on the tensor, or only through steps (comparisons, rounding) or what hands no gradient on.
 * @param name of the layer, or of its tensor
 */
export function noPath(name: string): Refusal {
  return new Refusal(
    'no-gradient-path',
    `No gradient leads from the answer back to "${name}": the answer does not rest on it, or through steps (comparing, rounding) or a cut (detach, no_grad) alone. Choose another layer.`,
  );
}

/** E.g. `Resize (node "/head/Resize")`. */
function nodeTitle(node: GraphNode): string {
  const op = node.domain === '' ? node.op : `${node.domain}.${node.op}`;
  return `${op} (node "${node.name || node.outputs[0]}")`;
}

function refuse(what: string): Refusal {
  return new Refusal(
    'unsupported-operator',
    `The gradient cannot be taken through ${what}. The prediction and maps of layers behind it still work: choose a later layer.`,
  );
}
