import type { GraphBuilder } from '../builder.ts';
import type { GraphNode } from '../graph.ts';
import { liveNodes } from '../liveNodes.ts';
import { namesRead } from '../topology.ts';
import { isFlat } from './flat.ts';
import { ruleFor } from './registry.ts';
import type { Backward } from './rule.ts';
import { Step } from './step.ts';
import { sumOf } from './sum.ts';
import type { TensorShapes } from './tensorShapes.ts';
import { noPath, unsupported, unsupportedMany } from './unsupported.ts';

/** Where the gradient starts and where it is wanted. */
export interface Path {
  readonly shapes: TensorShapes;
  /** The tensor that is differentiated, and d logit / d of it. */
  readonly from: { readonly tensor: string; readonly gradient: string };
  /** The tensor the gradient is taken with respect to. */
  readonly at: string;
}

/** One way the target is read: `node` takes it as input `index`; `gradient` appends that way's share of the gradient. */
export interface Reading {
  readonly step: Step;
  readonly index: number;
  readonly gradient: Backward;
}

/**
 * Reverse pass: appends the nodes that carry d logit from `from` back to the readers of `at`, and gives those
 * readers; the gradient at `at` is the sum over them.
 * @throws Refusal `unsupported-operator` for an operator on the way without a rule, `no-gradient-path` where `from`
 * does not rest on `at`.
 */
export function readings(builder: GraphBuilder, nodes: readonly GraphNode[], path: Path): Reading[] {
  const onTheWay = nodesBetween(nodes, path.at, path.from.tensor);
  const unknown = onTheWay.nodes.filter((node) => node.domain !== '' || ruleFor(node.op) === undefined);
  if (unknown.length > 0) throw unsupportedMany(unknown);

  const parts = new Map<string, string[]>([[path.from.tensor, [path.from.gradient]]]);
  const gradientOf = (tensor: string): string | undefined => {
    const found = parts.get(tensor);
    if (found && found.length > 1) parts.set(tensor, [sumOf(builder, found)]);
    return parts.get(tensor)?.[0];
  };

  const found: Reading[] = [];
  for (const node of onTheWay.nodes.toReversed()) {
    const gradients = node.outputs.map(gradientOf);
    if (gradients.every((gradient) => gradient === undefined)) continue;
    const step = new Step(builder, path.shapes, node, gradients);
    const backward = ruleFor(node.op)!(step);
    for (const [index, input] of node.inputs.entries()) {
      if (!onTheWay.tensors.has(input)) continue;
      const gradient = backward[index];
      if (gradient === undefined) throw unsupported(node, `with respect to its input ${index}`);
      if (input === path.at) found.push({ step, index, gradient });
      else parts.set(input, [...(parts.get(input) ?? []), gradient()]);
    }
  }
  if (found.length === 0) throw noPath(path.at);
  return found;
}

/** The nodes and tensors the gradient passes between `at` and `from`, in the graph's order. */
function nodesBetween(
  nodes: readonly GraphNode[],
  at: string,
  from: string,
): { nodes: GraphNode[]; tensors: Set<string> } {
  const tensors = new Set([at]);
  const dependent: GraphNode[] = [];
  for (const node of liveNodes(nodes, [from])) {
    if (isFlat(node) || node.outputs.includes(at) || !namesRead(node).some((name) => tensors.has(name)))
      continue;
    dependent.push(node);
    for (const output of node.outputs) tensors.add(output);
  }
  return { nodes: dependent, tensors };
}
