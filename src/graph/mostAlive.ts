import type { Graph } from './graph.ts';

/** Operators that give their input as other dims and keep no numbers of their own. */
const VIEWS = new Set(['Flatten', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze']);

/**
 * The most values that are there at once while the nodes run in their order: each tensor from the node that makes it to
 * the last one that reads it, the graph's outputs to the end. Inputs and constants do not count.
 * @param values of a tensor, by name
 */
export function mostAlive(
  { nodes, outputs }: Pick<Graph, 'nodes' | 'outputs'>,
  values: (tensor: string) => number,
): number {
  const seenIn = new Map<string, string>();
  const held = (name: string) => seenIn.get(name) ?? name;
  for (const {
    op,
    inputs,
    outputs: [view = ''],
  } of nodes) {
    if (VIEWS.has(op)) seenIn.set(view, held(inputs[0]!));
  }
  const lastRead = new Map<string, number>();
  for (const [at, { inputs }] of nodes.entries()) for (const name of inputs) lastRead.set(held(name), at);
  for (const { name } of outputs) lastRead.set(held(name), nodes.length);
  const made = new Set<string>();
  let [alive, most] = [0, 0];
  for (const [at, node] of nodes.entries()) {
    const own = node.outputs.filter((name) => name !== '' && !seenIn.has(name));
    for (const name of own) {
      made.add(name);
      alive += values(name);
    }
    most = Math.max(most, alive);
    const ended = new Set(
      [...node.inputs.map(held), ...own].filter((name) => (lastRead.get(name) ?? at) === at),
    );
    for (const name of ended) if (made.delete(name)) alive -= values(name);
  }
  return most;
}
