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
  const { taps, read } = placementOf(layer, steps);
  const floats = (values: Float64Array) =>
    builder.constant(float32([steps], Float32Array.from(values)), 'share');
  const placed = taps
    .map(({ places, weights }) => {
      const at = builder.constant(int64([steps], [...places]), 'places');
      const taken = builder.add('Gather', [map, at], { axis: int(rank - 1) });
      return weights.every((weight) => weight === 1) ? taken : builder.add('Mul', [taken, floats(weights)]);
    })
    .reduce((sum, part) => builder.add('Add', [sum, part]));
  if (!read.includes(0)) return placed;
  return builder.add('Mul', [placed, builder.constant(float32([steps], Float32Array.from(read)), 'read')]);
}
