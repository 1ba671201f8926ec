import type { LayerPositions } from '../../attribution/layerPositions.ts';
import { oneToOne } from '../../attribution/layerPositions.ts';
import { placementOf } from '../../attribution/placement.ts';
import { int } from '../../graph/attributes.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { float32, int64 } from '../../graph/tensor.ts';

/** Appends what `place` does: a map [N, …, P] on the T columns of the input, linear between the centres of positions. */
export function placeOnInput(
  builder: GraphBuilder,
  map: string,
  rank: number,
  layer: LayerPositions,
  steps: number,
): string {
  if (oneToOne(layer, steps)) return map;
  const { left, right, share, read } = placementOf(layer, steps);
  const gather = (places: Int32Array) =>
    builder.add('Gather', [map, builder.constant(int64([steps], [...places]), 'places')], {
      axis: int(rank - 1),
    });
  const from = gather(left);
  const shares = builder.constant(float32([steps], Float32Array.from(share)), 'share');
  const placed = builder.add('Add', [
    from,
    builder.add('Mul', [builder.add('Sub', [gather(right), from]), shares]),
  ]);
  if (!read.includes(0)) return placed;
  return builder.add('Mul', [placed, builder.constant(float32([steps], Float32Array.from(read)), 'read')]);
}
