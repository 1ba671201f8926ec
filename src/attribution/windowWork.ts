import { intsOf } from '../graph/attributes.ts';
import type { GraphNode } from '../graph/graph.ts';
import type { Shapes } from '../graph/shapes.ts';
import { elementCount } from '../graph/tensor.ts';

/** Products that take as long as to copy a number. */
export const COPIED = 16;

/** Products and the like that nodes take for one instance. */
export function workOf(nodes: readonly GraphNode[], shapes: Shapes): number {
  return nodes.reduce((sum, node) => sum + sizeOf(node.outputs[0]!, shapes) * perNumber(node, shapes), 0);
}

/** Numbers of one instance. */
export function sizeOf(tensor: string, shapes: Shapes): number {
  return elementCount(shapes.dims(tensor) ?? []) / shapes.batch;
}

/** For one number that comes out. */
function perNumber(node: GraphNode, shapes: Shapes): number {
  const { op, inputs } = node;
  if (op === 'Conv') return elementCount(shapes.dims(inputs[1]!)!.slice(1));
  if (op === 'MatMul' || op === 'Gemm') return shapes.dims(inputs[0]!)?.at(-1) ?? 1;
  return COPIED / 2 + elementCount(intsOf(node, 'kernel_shape') ?? [1]);
}
