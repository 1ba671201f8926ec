import type { GraphNode } from './graph.ts';
import type { ModulePaths } from './modulePaths.ts';

/** A node in a sentence: `Conv "/conv1/Conv"`; one without a name is called by what it gives. */
export function nodeCalled(node: Pick<GraphNode, 'op' | 'name' | 'outputs'>): string {
  return `${node.op} "${ownName(node)}"`;
}

/** The innermost module that a node lies in; where the names tell none, the node itself. */
export function moduleCalled(node: GraphNode, scopes: ModulePaths['scopes']): string {
  return scopes(node).at(-1) ?? ownName(node);
}

function ownName({ name, outputs }: Pick<GraphNode, 'name' | 'outputs'>): string {
  return name || (outputs[0] ?? '');
}
