import type { NodeSize, NodeValue } from './value.ts';

/**
 * A reshape that only adds or takes away axes of length 1, told without a node: the axes keep their places under new
 * numbers. Undefined where more is asked.
 */
export function relabelled(
  value: NodeValue,
  shape: readonly NodeSize[],
): Pick<NodeValue, 'shape' | 'order'> | undefined {
  const target = new Map<number, number>();
  let at = 0;
  for (const [axis, size] of value.shape.entries()) {
    if (size === 1 && shape[at] !== 1) continue;
    while (at < shape.length && shape[at] === 1 && size !== 1) at++;
    if (shape[at] !== size) return undefined;
    target.set(axis, at++);
  }
  if (shape.slice(at).some((size) => size !== 1)) return undefined;
  // An axis of length 1 that the tensor holds but the new shape does not would have to be squeezed.
  if (value.order.some((axis) => !target.has(axis))) return undefined;
  return { shape, order: value.order.map((axis) => target.get(axis)!) };
}
