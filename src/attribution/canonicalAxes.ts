import type { Shapes } from '../graph/shapes.ts';
import { Refusal } from '../refusal.ts';

/** Which axis of a layer's tensor is what; the one left over is the batch. */
export interface MapAxes {
  readonly channel: number;
  /** null for a time map. */
  readonly feature: number | null;
  readonly time: number;
}

/** How a layer's tensor is turned to [N, C, T'] or [N, C, F', T']. */
export interface CanonicalAxes {
  /** Permutation from the tensor's own axes. */
  readonly perm: readonly number[];
  readonly channels: number;
  /** [T'] or [F', T'] */
  readonly positions: readonly number[];
}

/** @throws Refusal `layer-shape` for a tensor that is not batch, channels and one or two axes of positions. */
export function canonicalAxes(
  { tensor, axes: { channel, feature, time } }: { readonly tensor: string; readonly axes: MapAxes },
  shapes: Shapes,
): CanonicalAxes {
  const dims = shapes.dims(tensor) ?? [];
  const positions = feature === null ? [time] : [feature, time];
  const batch = dims.map((_, axis) => axis).filter((axis) => axis !== channel && !positions.includes(axis));
  if (batch.length !== 1) {
    throw new Refusal(
      'layer-shape',
      `"${tensor}" has shape [${dims.join(', ')}], which is not instances × channels × time or × features × time; choose another layer.`,
    );
  }
  return {
    perm: [batch[0]!, channel, ...positions],
    channels: dims[channel]!,
    positions: positions.map((axis) => dims[axis]!),
  };
}
