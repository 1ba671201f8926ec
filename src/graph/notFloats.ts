import { intOf, tensorOf } from './attributes.ts';
import { constantNodeValue } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { DataType } from './tensor.ts';

const TRUTHS = new Set([
  ...[
    'Equal',
    'Greater',
    'GreaterOrEqual',
    'Less',
    'LessOrEqual',
    'And',
    'Or',
    'Not',
    'Xor',
    'IsNaN',
    'IsInf',
  ],
]);
const WHOLE = new Set(['Shape', 'Size', 'ArgMax', 'ArgMin', 'NonZero']);
/** Element type numbers of ONNX that are floats. */
const FLOATS = new Set([1, 10, 11, 16]);
/** Which input decides the type of the output, where it is not the first. */
const DECIDES: Readonly<Record<string, number>> = { Where: 1, OneHot: 2 };

/** Tensors of truth values and whole numbers: conditions, indices, shapes. */
export function notFloats(graph: Graph): ReadonlySet<string> {
  const isFloat = (dtype: DataType | null) => dtype === null || dtype.startsWith('float');
  const found = new Set<string>();
  for (const [name, { dtype }] of graph.constants) if (!isFloat(dtype)) found.add(name);
  for (const { name, dtype } of graph.inputs) if (!isFloat(dtype)) found.add(name);
  for (const node of graph.nodes) {
    node.outputs.forEach((output, i) => {
      if (holdsNoFloats(node, i, found)) found.add(output);
    });
  }
  return found;
}

function holdsNoFloats(node: GraphNode, output: number, found: ReadonlySet<string>): boolean {
  if (TRUTHS.has(node.op) || WHOLE.has(node.op)) return true;
  const constant = constantNodeValue(node) ?? tensorOf(node, 'value');
  if (constant !== undefined) return !constant.dtype.startsWith('float');
  if (node.op === 'Cast') return !FLOATS.has(intOf(node, 'to') ?? 1);
  if (output === 1 && ['TopK', 'MaxPool'].includes(node.op)) return true;
  return found.has(node.inputs[DECIDES[node.op] ?? 0] ?? '');
}
