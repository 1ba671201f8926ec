import type { GraphBuilder } from '../graph/builder.ts';
import type { Shapes } from '../graph/shapes.ts';
import { Refusal } from '../refusal.ts';

/** Which axis of a layer's tensor is what; axes not named have length 1. */
export interface MapAxes {
  /** The instances. */
  readonly batch: number;
  /** null for the input, whose features are no channels: it counts as one. */
  readonly channel: number | null;
  /** null for a time map. */
  readonly feature: number | null;
  readonly time: number;
  /** The rows on the `feature` axis are no features: the map is the mean over them. */
  readonly averaged?: true;
  /** Lengths that the tensor is laid out by, where an axis of it holds instances and others: the axes count in these. */
  readonly parts?: readonly number[];
}

/** How a layer's tensor is turned to [N, C, T'] or [N, C, F', T']. */
export interface CanonicalAxes extends MapAxes {
  readonly channels: number;
  /** [T'] or [F', T'] */
  readonly positions: readonly number[];
  /** From the tensor's own axes; axes of length 1 come last. */
  readonly perm: readonly number[];
}

/** @throws Refusal `layer-shape` for a tensor with more axes than batch, channels, features and time. */
export function canonicalAxes(
  { tensor, axes }: { readonly tensor: string; readonly axes: MapAxes },
  shapes: Shapes,
): CanonicalAxes {
  const dims = axes.parts ?? shapes.dims(tensor) ?? [];
  const spatial = axes.feature === null ? [axes.time] : [axes.feature, axes.time];
  const named = [axes.batch, ...(axes.channel === null ? [] : [axes.channel]), ...spatial];
  const others = dims.map((_, axis) => axis).filter((axis) => !named.includes(axis));
  if (others.some((axis) => dims[axis] !== 1) || named.some((axis) => dims[axis] === undefined)) {
    throw new Refusal(
      'layer-shape',
      `"${tensor}" has shape [${dims.join(', ')}], which is not instances × channels × time or × features × time; choose another layer.`,
    );
  }
  return {
    ...axes,
    channels: axes.channel === null ? 1 : dims[axes.channel]!,
    positions: spatial.map((axis) => dims[axis]!),
    perm: [...named, ...others],
  };
}

/** Whether the tensor itself is [N, C, …]. */
export function isInstancesThenChannels({ batch, channel, parts }: MapAxes): boolean {
  return batch === 0 && channel === 1 && parts === undefined;
}

/** A tensor of the layer's own dims with what was merged apart, in its own order. */
export function takenApart(builder: GraphBuilder, tensor: string, { batch, parts }: MapAxes): string {
  return parts ? builder.reshape(tensor, parts.with(batch, -1)) : tensor;
}

/** A tensor of the layer's own dims turned to [N, C, positions…]. */
export function inCanonicalOrder(builder: GraphBuilder, tensor: string, axes: CanonicalAxes): string {
  const turned = builder.transpose(takenApart(builder, tensor, axes), axes.perm);
  const kept = (axes.channel === null ? 1 : 2) + axes.positions.length;
  const singletons = axes.perm.map((_, i) => i).slice(kept);
  const plain = singletons.length > 0 ? builder.squeeze(turned, singletons) : turned;
  return axes.channel === null ? builder.unsqueeze(plain, [1]) : plain;
}
