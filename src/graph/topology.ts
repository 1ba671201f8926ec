import { Refusal } from '../refusal.ts';
import type { Graph, GraphNode } from './graph.ts';

/** Names a node reads: its inputs, and what the graphs in its attributes (If, Loop) take from outside. */
export function namesRead({ inputs, attributes }: GraphNode): readonly string[] {
  // Asked of every node again and again: nothing is copied where every input is there.
  let names: readonly string[] = inputs.includes('') ? inputs.filter((name) => name !== '') : inputs;
  for (const key in attributes) {
    const attribute = attributes[key]!;
    if (attribute.kind === 'graph') names = [...names, ...namesFromOutside(attribute.value)];
  }
  return names;
}

function namesFromOutside(graph: Graph): string[] {
  const own = new Set([...graph.constants.keys(), ...graph.inputs.map((input) => input.name)]);
  for (const node of graph.nodes) {
    for (const output of node.outputs) {
      own.add(output);
    }
  }
  const read = [...graph.nodes.flatMap(namesRead), ...graph.outputs.map((output) => output.name)];
  return read.filter((name) => !own.has(name));
}

/**
 * The nodes in an order in which every tensor is made before it is read; the given order where it already is one.
 * @param known names that need no node: inputs, constants, and what an enclosing graph offers.
 * @throws Refusal `broken-model` for a tensor nothing produces, one produced twice, or nodes that run in a circle.
 */
export function inTopologicalOrder(nodes: readonly GraphNode[], known: ReadonlySet<string>): GraphNode[] {
  const maker = new Map<string, GraphNode>();
  let isOrdered = true;
  for (const node of nodes) {
    isOrdered &&= namesRead(node).every((name) => known.has(name) || maker.has(name));
    for (const output of node.outputs) {
      if (output !== '' && (maker.has(output) || known.has(output))) {
        throw new Refusal(
          'broken-model',
          `The tensor "${output}" is produced twice (again by ${title(node)}).`,
        );
      }
      maker.set(output, node);
    }
  }
  if (isOrdered) return [...nodes];
  const order: GraphNode[] = [];
  const state = new Map<GraphNode, 'open' | 'done'>();
  for (const node of nodes) {
    visit(node, known, maker, state, order);
  }
  return order;
}

/** Depth first with an own stack: a model may be a chain of many thousand nodes. */
function visit(
  root: GraphNode,
  known: ReadonlySet<string>,
  maker: ReadonlyMap<string, GraphNode>,
  state: Map<GraphNode, 'open' | 'done'>,
  order: GraphNode[],
): void {
  const stack: { node: GraphNode; waits: Iterator<string> }[] = [];
  const open = (node: GraphNode) => {
    state.set(node, 'open');
    stack.push({ node, waits: namesRead(node).values() });
  };
  if (!state.has(root)) {
    open(root);
  }
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.waits.next();
    if (next.done) {
      state.set(top.node, 'done');
      order.push(top.node);
      stack.pop();
    } else if (!known.has(next.value)) {
      const before = maker.get(next.value);
      if (before === undefined) {
        throw new Refusal(
          'broken-model',
          `${title(top.node)} reads "${next.value}", which nothing in the model produces.`,
        );
      }
      if (state.get(before) === 'open') {
        throw new Refusal('broken-model', `The graph runs in a circle through ${title(before)}.`);
      }
      if (!state.has(before)) {
        open(before);
      }
    }
  }
}

/** E.g. `node "/conv1/Conv" (Conv)`. */
function title(node: GraphNode): string {
  return node.name === '' ? `a node (${node.op})` : `node "${node.name}" (${node.op})`;
}
