import type { GraphNode } from './graph.ts';
import { namesRead } from './topology.ts';

/** Every tensor that rests on one of `names`, these included. */
export function restOn(nodes: readonly GraphNode[], names: readonly string[]): ReadonlySet<string> {
  const resting = new Set(names);
  for (const node of nodes) {
    if (namesRead(node).some((name) => resting.has(name))) for (const name of node.outputs) resting.add(name);
  }
  return resting;
}
