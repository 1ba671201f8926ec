import { intsOf } from '../graph/attributes.ts';
import type { GraphNode } from '../graph/graph.ts';
import { liveNodes } from '../graph/liveNodes.ts';
import { type LocalTensor, localNodes } from '../graph/localPrefix.ts';
import type { Shapes } from '../graph/shapes.ts';
import { elementCount } from '../graph/tensor.ts';
import { namesRead } from '../graph/topology.ts';
import type { MapModel } from './mapGraph.ts';
import type { ModelInput } from './modelFeed.ts';

/** Where a model is cut, so that a change of some steps is followed through a part of the series only. */
export interface WindowPlan {
  /** What runs on the part. */
  readonly nodes: readonly GraphNode[];
  /** What the rest reads of it, on all steps. */
  readonly frontier: readonly { readonly name: string; readonly time: number }[];
  /** A step of the frontier rests on so many steps before and after it. */
  readonly before: number;
  readonly after: number;
  /** Steps of the part: those that change, and what they rest on. */
  readonly crop: number;
}

/** A cut has to spare more than this share of the work. */
const WORTHWHILE = 0.15;

/** The cut that takes the least work for windows of `width` steps; undefined where none is worth it, or possible. */
export function windowPlan(
  { graph, input, logits, shapes }: MapModel & { readonly input: ModelInput },
  width: number,
): WindowPlan | undefined {
  if (input.batch !== null || input.dtype !== 'float32' || graph.opset < 10) return undefined;
  const time = input.layout.indexOf('T');
  const steps = shapes.dims(input.name)![time]!;
  const all = liveNodes(graph.nodes, [logits]);
  const { nodes, tensors } = localNodes(graph, { name: input.name, time }, logits, shapes);
  const reachOf = ({ outputs }: GraphNode) => spanOf(tensors.get(outputs[0]!)!);
  let best: WindowPlan | undefined;
  let least = workOf(all, shapes) * (1 - WORTHWHILE);
  for (const reach of new Set(nodes.map(reachOf))) {
    const front = nodes.filter((node) => reachOf(node) <= reach);
    const inFront = new Set(front);
    const read = new Set(all.filter((node) => !inFront.has(node)).flatMap(namesRead));
    const frontier = [...tensors].filter(([name]) => read.has(name) && isMade(name));
    const whole = frontier.map(([, one]) => one);
    const [before, after] = [most(whole, 'before'), most(whole, 'after')];
    const crop = width + 2 * (before + after);
    if (crop >= steps) continue;
    const copied = frontier.reduce((sum, [name]) => sum + sizeOf(name, shapes), 0) * COPIED;
    const rest = all.filter((node) => !inFront.has(node));
    const work = (workOf(front, shapes) * crop) / steps + workOf(rest, shapes) + copied;
    if (work >= least) continue;
    least = work;
    best = {
      ...{ nodes: front, before, after, crop },
      frontier: frontier.map(([name, { time }]) => ({ name, time })),
    };

    function isMade(name: string): boolean {
      return name === input.name || front.some(({ outputs }) => outputs.includes(name));
    }
  }
  return best;
}

/** Products that take as long as to copy a number. */
const COPIED = 16;

function spanOf({ before, after }: LocalTensor): number {
  return before + after;
}

function most(tensors: readonly LocalTensor[], side: 'before' | 'after'): number {
  return tensors.reduce((largest, one) => Math.max(largest, one[side]), 0);
}

function workOf(nodes: readonly GraphNode[], shapes: Shapes): number {
  return nodes.reduce((sum, node) => sum + sizeOf(node.outputs[0]!, shapes) * perNumber(node, shapes), 0);
}

/** Products and the like for one number that comes out. */
function perNumber(node: GraphNode, shapes: Shapes): number {
  const { op, inputs } = node;
  if (op === 'Conv') return elementCount(shapes.dims(inputs[1]!)!.slice(1));
  if (op === 'MatMul' || op === 'Gemm') return shapes.dims(inputs[0]!)?.at(-1) ?? 1;
  return COPIED / 2 + elementCount(intsOf(node, 'kernel_shape') ?? [1]);
}

/** Numbers of one instance. */
function sizeOf(tensor: string, shapes: Shapes): number {
  return elementCount(shapes.dims(tensor) ?? []) / shapes.batch;
}
