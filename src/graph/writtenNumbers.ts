import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import { numbers } from './tensor.ts';

/** What is told of a small tensor before anything runs. */
interface Told {
  readonly values: readonly number[];
  /** Whether these are all that it holds, in order. */
  readonly isAll: boolean;
}

/** Tensors with more values say no sizes. */
const MOST = 4096;
/** They lay the same numbers out in another shape or type. */
const HANDS_ON = new Set(['Cast', 'Flatten', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze']);
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Max: Math.max,
};

/**
 * The numbers that small tensors are known to hold before anything runs: what is written, lengths of the inputs that
 * are fixed, and what is joined and reckoned from them. Of a tensor that is known in part the rest is left out.
 * @returns by tensor; a tensor that nothing is known of is not there
 */
export function writtenNumbers(graph: Graph): ReadonlyMap<string, readonly number[]> {
  const told = new Map<string, Told>();
  for (const [name, value] of constantValues(graph)) {
    if (value.data.length <= MOST) told.set(name, { values: numbers(value), isAll: true });
  }
  const inputs = new Map(graph.inputs.map(({ name, dims }) => [name, dims] as const));
  for (const node of graph.nodes) {
    const dims = node.op === 'Shape' ? inputs.get(node.inputs[0] ?? '') : undefined;
    const fixed = dims?.filter((dim) => typeof dim === 'number');
    const made = fixed ? { values: fixed, isAll: fixed.length === dims!.length } : reckoned(node, told);
    if (made && made.values.length <= MOST && !told.has(node.outputs[0]!)) told.set(node.outputs[0]!, made);
  }
  return new Map([...told].map(([name, { values }]) => [name, values]));
}

function reckoned({ op, inputs }: GraphNode, told: ReadonlyMap<string, Told>): Told | undefined {
  const all = inputs.map((name) => told.get(name));
  const [a, b] = all;
  if (HANDS_ON.has(op)) return a;
  if (op === 'Concat') {
    const known = all.filter((one) => one !== undefined);
    const isAll = known.length === all.length && known.every((one) => one.isAll);
    return { values: known.flatMap(({ values }) => values), isAll };
  }
  const fold = Object.hasOwn(ARITHMETIC, op) ? ARITHMETIC[op] : undefined;
  if (!fold || !a?.isAll || !b?.isAll || inputs.length !== 2) return undefined;
  const count = Math.max(a.values.length, b.values.length);
  if (![a, b].every(({ values }) => values.length === count || values.length === 1)) return undefined;
  const at = ({ values }: Told, i: number) => values[values.length === 1 ? 0 : i]!;
  return { values: Array.from({ length: count }, (_, i) => fold(at(a, i), at(b, i))), isAll: true };
}
