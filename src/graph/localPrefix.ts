import { intOf, intsOf } from './attributes.ts';
import { constantValues } from './constantValue.ts';
import { windowOf } from './gradient/window.ts';
import type { Graph, GraphNode } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import type { Shapes } from './shapes.ts';
import { numbers, type Tensor } from './tensor.ts';
import { namesRead } from './topology.ts';

/** A tensor whose step t rests on the steps t − before … t + after of the input, and on nothing else of it. */
export interface LocalTensor {
  /** The axis of time, as long as the input's. */
  readonly time: number;
  readonly before: number;
  readonly after: number;
}

/** Operators of one value, element by element; what else they read is constant. */
const ELEMENTWISE = new Set([
  ...['Relu', 'LeakyRelu', 'Sigmoid', 'HardSigmoid', 'Tanh', 'Elu', 'Neg', 'Identity', 'Erf', 'Abs'],
  ...['Softplus', 'Exp', 'Sqrt', 'Clip', 'BatchNormalization'],
]);
const JOINED = new Set(['Add', 'Sub', 'Mul', 'Div', 'Sum']);
const POOLS = new Set(['MaxPool', 'AveragePool']);

/** Nodes, and how each tensor they make lies over what they read. */
export interface LocalNodes {
  readonly nodes: readonly GraphNode[];
  readonly tensors: ReadonlyMap<string, LocalTensor>;
}

/**
 * The nodes that work step by step on windows of the input: run on a part of the series, they give the same numbers
 * wherever their windows do not reach over an end of the part that is no end of the series.
 * @param input its name and its axis of time; an axis of features is followed in the same way
 */
export function localNodes(
  graph: Graph,
  input: { readonly name: string; readonly time: number },
  output: string,
  shapes: Shapes,
): LocalNodes {
  const nodes = liveNodes(graph.nodes, [output]).filter(({ outputs }) => outputs[0] !== output);
  return localFrom(graph, nodes, [input], shapes);
}

/** As localNodes, of these nodes, from several tensors that are as long. */
export function localFrom(
  graph: Graph,
  among: readonly GraphNode[],
  inputs: readonly { readonly name: string; readonly time: number }[],
  shapes: Shapes,
  constants: ReturnType<typeof constantValues> = constantValues(graph),
): LocalNodes {
  const tensors = new Map<string, LocalTensor>(
    inputs.map(({ name, time }) => [name, { time, before: 0, after: 0 }]),
  );
  const [{ name, time }] = inputs as [(typeof inputs)[0]];
  const steps = shapes.dims(name)![time]!;
  const nodes: GraphNode[] = [];
  for (const node of among) {
    const [result, ...others] = node.outputs;
    if (node.domain !== '' || result === undefined || others.length > 0) continue;
    const read = namesRead(node);
    if (!read.some((name) => tensors.has(name))) continue;
    if (!read.every((name) => tensors.has(name) || constants.has(name))) continue;
    const found = localOf(node, { tensors, constants, shapes });
    const dims = shapes.dims(result);
    if (!found || dims?.[found.time] !== steps || found.time === 0) continue;
    if (shapes.batchAxis(result) !== 0 || shapes.lengths(result).size > 0) continue;
    nodes.push(node);
    tensors.set(result, found);
  }
  return { nodes, tensors };
}

interface Known {
  readonly tensors: ReadonlyMap<string, LocalTensor>;
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly shapes: Shapes;
}

function localOf(node: GraphNode, known: Known): LocalTensor | undefined {
  const { tensors, shapes } = known;
  const { op, inputs, outputs } = node;
  const first = tensors.get(inputs[0]!);
  if (JOINED.has(op)) return joined(node, known);
  if (op === 'Concat') return concatenated(node, known);
  if (first === undefined || inputs.slice(1).some((name) => tensors.has(name))) return undefined;
  if (op === 'BatchNormalization' && first.time === 1) return undefined;
  if (ELEMENTWISE.has(op)) return (intOf(node, 'training_mode') ?? 0) === 0 ? first : undefined;
  if (op === 'Conv' || POOLS.has(op)) {
    const input = shapes.dims(inputs[0]!)!.slice(2);
    const output = shapes.dims(outputs[0]!)!.slice(2);
    const taps = op === 'Conv' ? shapes.dims(inputs[1]!)!.slice(2) : intsOf(node, 'kernel_shape')!;
    const at = first.time - 2;
    const { strides, padsBegin, padsEnd } = windowOf(node, input, output, taps);
    if (at < 0 || strides[at] !== 1 || input[at] !== output[at]) return undefined;
    const [before, after] = [padsBegin[at]!, padsEnd[at]!];
    return { time: first.time, before: first.before + before, after: first.after + after };
  }
  const time = moved(node, first.time, known);
  return time === undefined ? undefined : { ...first, time };
}

/** Local tensors of the same axes, and constants that are the same at every step. */
function joined(
  { inputs, outputs }: GraphNode,
  { tensors, constants, shapes }: Known,
): LocalTensor | undefined {
  const rank = shapes.dims(outputs[0]!)!.length;
  const parts = inputs.flatMap((name) => tensors.get(name) ?? []);
  const { time } = parts[0]!;
  const same = inputs.every((name) => {
    const local = tensors.get(name);
    const dims = shapes.dims(name)!;
    if (local) return dims.length === rank && local.time === time;
    return (constants.get(name)!.dims[time - rank + dims.length] ?? 1) === 1;
  });
  return same ? widest(parts) : undefined;
}

function concatenated(node: GraphNode, { tensors, shapes }: Known): LocalTensor | undefined {
  const parts = node.inputs.map((name) => tensors.get(name));
  const rank = shapes.dims(node.outputs[0]!)!.length;
  const axis = intOf(node, 'axis') ?? 0;
  const all = parts.filter((part) => part !== undefined);
  const time = all[0]!.time;
  if (all.length < parts.length || (axis + rank) % rank === time || axis % rank === 0) return undefined;
  return all.every((part) => part.time === time) ? widest(all) : undefined;
}

function widest(parts: readonly LocalTensor[]): LocalTensor {
  const most = (of: (part: LocalTensor) => number) => Math.max(...parts.map(of));
  return { time: parts[0]!.time, before: most((part) => part.before), after: most((part) => part.after) };
}

/** Where the axis of time goes; undefined where the operator does more than rename axes. */
function moved(node: GraphNode, time: number, { constants, shapes }: Known): number | undefined {
  const rank = shapes.dims(node.inputs[0]!)!.length;
  if (node.op === 'Transpose') return intsOf(node, 'perm')?.indexOf(time);
  if (node.op !== 'Squeeze' && node.op !== 'Unsqueeze') return undefined;
  const given = node.inputs[1] ? constants.get(node.inputs[1]) : undefined;
  const axes = given ? numbers(given).map(Number) : intsOf(node, 'axes');
  if (axes === undefined) return undefined;
  const of = node.op === 'Squeeze' ? rank : rank + axes.length;
  const set = new Set([...axes].map((axis) => (axis + of) % of));
  if (node.op === 'Squeeze') return time - [...set].filter((axis) => axis < time).length;
  const kept = Array.from({ length: of }, (_, axis) => axis).filter((axis) => !set.has(axis));
  return kept[time];
}
