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
const DECIDES: Readonly<Record<string, number>> = {
  ...{ CastLike: 1, DequantizeLinear: 1, OneHot: 2, QuantizeLinear: 2, Where: 1 },
};
/** Outputs that hold whole numbers beside one that holds values. */
const BESIDE: Readonly<Record<string, readonly number[]>> = { MaxPool: [1], TopK: [1], Unique: [1, 2, 3] };
/** Outputs of the graph within a node before those that are its own. */
const BEFORE: Readonly<Record<string, number>> = { If: 0, Loop: 1, Scan: 0 };

/** Tensors of truth values and whole numbers: conditions, indices, shapes. */
export function notFloats(graph: Graph, outside: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const isFloat = (dtype: DataType | null) => dtype === null || dtype.startsWith('float');
  const found = new Set(outside);
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
  if (node.op === 'ConstantOfShape') return false;
  if (BESIDE[node.op]?.includes(output)) return true;
  const inner = Object.values(node.attributes).find(({ kind }) => kind === 'graph');
  if (inner?.kind === 'graph') {
    const made = inner.value.outputs[output + (BEFORE[node.op] ?? 0)];
    return made !== undefined && notFloats(inner.value, found).has(made.name);
  }
  return found.has(node.inputs[DECIDES[node.op] ?? 0] ?? '');
}
