import { intOf, textOf } from './attributes.ts';
import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import type { Shapes } from './shapes.ts';
import { namesRead } from './topology.ts';

/** What a model does to its input before the first step that is not affine. */
interface AffinePrefix {
  /** In the graph's order. */
  readonly nodes: readonly GraphNode[];
  /** What the rest of the model reads of it: outputs of its nodes, and the input itself. */
  readonly frontier: readonly string[];
}

const MOVING = new Set(['Identity', 'Transpose', 'Squeeze', 'Unsqueeze', 'Reshape', 'Flatten', 'Pad']);
const MEANS = new Set(['ReduceMean', 'ReduceSum', 'AveragePool', 'GlobalAveragePool']);
const WEIGHTED = new Set(['Conv', 'Gemm', 'MatMul', 'Div']);

/**
 * The nodes f with f(b + a·d) = f(b) + a·(f(d) − f(0)), whatever the numbers a: what they do to a mixture of series is
 * the mixture of what they do to each. Instances stay apart on axis 0.
 */
export function affinePrefix(graph: Graph, input: string, output: string, shapes: Shapes): AffinePrefix {
  const constants = constantValues(graph);
  const isFixed = (name: string) => constants.has(name);
  const affine = new Set([input]);
  const prefix = new Set<GraphNode>();
  const live = liveNodes(graph.nodes, [output]);
  for (const node of live) {
    const reads = node.inputs.some((name) => affine.has(name));
    const [result] = node.outputs;
    if (!reads || result === undefined || result === output) continue;
    if (!isAffine(node, (name) => affine.has(name), isFixed) || !keepsInstances(result, shapes)) continue;
    prefix.add(node);
    affine.add(result);
  }
  const frontier = new Set(live.filter((node) => !prefix.has(node)).flatMap(namesRead));
  const read = [...affine].filter((name) => frontier.has(name));
  return { nodes: liveNodes([...prefix], read), frontier: read };
}

function keepsInstances(tensor: string, shapes: Shapes): boolean {
  const isLead = shapes.batchAxis(tensor) === 0 && shapes.dims(tensor)![0] === shapes.batch;
  return isLead && shapes.lengths(tensor).size === 0;
}

function isAffine(
  node: GraphNode,
  isMoved: (name: string) => boolean,
  isFixed: (name: string) => boolean,
): boolean {
  const { op, domain, outputs } = node;
  const [first = '', ...others] = node.inputs;
  const read = namesRead(node);
  if (domain !== '' || outputs.filter((name) => name !== '').length !== 1) return false;
  if (!read.every((name) => isMoved(name) || isFixed(name))) return false;
  const onlyFirst = isMoved(first) && others.every((name) => name === '' || isFixed(name));
  if (op === 'Pad') return onlyFirst && (textOf(node, 'mode') ?? 'constant') === 'constant';
  if (MOVING.has(op) || MEANS.has(op)) return onlyFirst;
  if (op === 'BatchNormalization') return onlyFirst && (intOf(node, 'training_mode') ?? 0) === 0;
  if (WEIGHTED.has(op)) return onlyFirst;
  if (op === 'Mul') return node.inputs.filter(isMoved).length === 1;
  if (op === 'Add' || op === 'Sub') return true;
  return op === 'Concat' && read.every(isMoved);
}
