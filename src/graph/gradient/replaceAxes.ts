import { int } from '../attributes.ts';
import type { GraphBuilder } from '../builder.ts';

/** Axes from..to (exclusive) of a tensor of the given rank. */
export interface AxesPlace {
  readonly tensor: string;
  readonly rank: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Reshapes `x`: the dims of `like` before axis `from` and from axis `to` on stay as they are when the graph runs,
 * those between become `middle`.
 */
export function replaceAxes(
  builder: GraphBuilder,
  x: string,
  like: AxesPlace,
  middle: readonly number[],
): string {
  const shape = builder.shapeOf(like.tensor);
  const parts = middle.length > 0 ? [builder.ints(middle)] : [];
  if (like.from > 0) parts.unshift(builder.slice(shape, [0], [0], [like.from]));
  if (like.to < like.rank) parts.push(builder.slice(shape, [0], [like.to], [like.rank]));
  const target = parts.length === 1 ? parts[0]! : builder.add('Concat', parts, { axis: int(0) });
  return builder.add('Reshape', [x, target]);
}
