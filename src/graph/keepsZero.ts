import { GraphBuilder } from './builder.ts';
import { composite, isComposite } from './composites.ts';
import type { Graph, GraphNode } from './graph.ts';
import { Term } from './term.ts';

/** f(0) = 0, element by element, or values that only move. */
const KEEPING = new Set([
  ...['Abs', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Ceil', 'Elu', 'Erf', 'Floor', 'LeakyRelu', 'Neg', 'PRelu'],
  ...['Relu', 'Round', 'Sign', 'Sin', 'Sinh', 'Tan', 'Tanh'],
  ...['Cast', 'Dropout', 'Identity', 'Squeeze', 'Transpose', 'Trilu', 'Unsqueeze'],
]);

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
  if (!isComposite(node)) return KEEPING.has(node.op);
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
