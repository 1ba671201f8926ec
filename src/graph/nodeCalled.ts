import type { GraphNode } from './graph.ts';

/** A node in a sentence: `Conv "/conv1/Conv"`; one without a name is called by what it gives. */
export function nodeCalled({ op, name, outputs }: Pick<GraphNode, 'op' | 'name' | 'outputs'>): string {
  return `${op} "${name || (outputs[0] ?? '')}"`;
}
