import type { Graph } from '../graph.ts';
import { namesRead } from '../topology.ts';
import { isFlat } from './flat.ts';

/** Tensors that the logits rest on otherwise than through steps (comparing, rounding) and cuts (detach, no_grad). */
export function reachedBack({ nodes }: Pick<Graph, 'nodes'>, logits: string): ReadonlySet<string> {
  const found = new Set([logits]);
  for (const node of nodes.toReversed()) {
    if (isFlat(node) || !node.outputs.some((output) => found.has(output))) continue;
    for (const read of namesRead(node)) found.add(read);
  }
  return found;
}
