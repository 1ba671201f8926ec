import { GraphBuilder } from './builder.ts';
import { composite, isComposite } from './composites.ts';
import type { Graph, GraphNode } from './graph.ts';
import { Term } from './term.ts';
import { UNARY } from './unary.ts';

/** Values only move, or are multiplied. */
const MOVING = new Set(['PRelu', 'Squeeze', 'Transpose', 'Unsqueeze']);

const EMPTY: Graph = {
  opset: 17,
  irVersion: 8,
  producer: '',
  nodes: [],
  constants: new Map(),
  inputs: [],
  outputs: [],
};

/** Whether an operator whose first input is 0 gives 0 there: what was masked before stays masked behind it. */
export function keepsZero(node: GraphNode): boolean {
  if (!isComposite(node)) return MOVING.has(node.op) || (Object.hasOwn(UNARY, node.op) && UNARY[node.op]!);
  const builder = new GraphBuilder(EMPTY);
  const zero = new Set(['x']);
  let result = '';
  const body = builder.recording(() => {
    result = composite(node, new Term(builder, 'x')).name;
  });
  const isZero = (name: string) => zero.has(name) || builder.constantOf(name)?.data[0] === 0;
  for (const one of body) if (givesZero(one, isZero)) zero.add(one.outputs[0]!);
  return zero.has(result);
}

function givesZero(node: GraphNode, isZero: (name: string) => boolean): boolean {
  const [first, ...others] = node.inputs as [string, ...string[]];
  if (node.op === 'Mul') return node.inputs.some(isZero);
  if (node.op === 'Div') return isZero(first);
  if (node.op === 'Where') return others.every(isZero);
  if (['Add', 'Sub', 'Min', 'Max'].includes(node.op)) return node.inputs.every(isZero);
  return keepsZero(node) && isZero(first);
}
