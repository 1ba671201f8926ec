import type { ReceptiveFieldSummary } from './layerSummary.ts';
import { centres, type Field } from './receptive/field.ts';
import type { Track } from './receptive/track.ts';

/**
 * Which axis of a layer's tensor is what. Axis 0 is the batch; axes not named here have length 1.
 * `feature` is null for a time map.
 */
interface LayerAxes {
  readonly channel: number;
  readonly feature: number | null;
  readonly time: number;
  /** The rows on the `feature` axis are no features: a map over time is the mean over them. */
  readonly averaged?: true;
}

/** How the positions of a layer lie on the input. */
export interface LayerPlace {
  readonly axes: LayerAxes;
  /** [C, T'] or [C, F', T']. */
  readonly shape: readonly number[];
  readonly receptiveField: ReceptiveFieldSummary;
  /** Centre of each position along time, in input steps; may be fractional, or outside the input. */
  readonly positions: Float64Array;
  /** Input steps each position reads, `to` exclusive and equal to `from` where it reads none; null = all of them. */
  readonly reads: { readonly from: Int32Array; readonly to: Int32Array } | null;
}

/** placeLayer of every tensor of a graph, each looked at once; arguments as there. */
export function placesOf(
  tracks: ReadonlyMap<string, Track>,
  dims: (tensor: string) => readonly number[] | undefined,
  features: number,
): (tensor: string) => LayerPlace | string {
  const known = new Map<string, LayerPlace | string>();
  return (tensor) => {
    const place = known.get(tensor) ?? placeLayer(tracks.get(tensor), dims(tensor), features);
    known.set(tensor, place);
    return place;
  };
}

/**
 * How a tensor can be read as a layer, or in half a sentence why it cannot.
 * @param features of the model's input.
 */
export function placeLayer(
  track: Track | undefined,
  dims: readonly number[] | undefined,
  features: number,
): LayerPlace | string {
  if (track === undefined || dims === undefined) return 'does not rest on the input';
  const { roles, field } = track;
  const time = roles.indexOf('time');
  if (field === null || time < 0) return 'has no time axis left';
  if (roles[0] !== 'batch') return 'does not have the instances on its first axis';
  const of = (role: string) => roles.flatMap((found, axis) => (found === role ? [axis] : []));
  const channels = of('channel');
  const rows = of('feature').filter((axis) => dims[axis] !== 1 || features === 1);
  const wide = channels.filter((axis) => dims[axis] !== 1);
  // Without channels the features are what the map is summed over.
  const channel = channels.length === 0 ? rows.shift() : (wide[0] ?? channels[0]);
  if (channel === undefined) return 'has no channels';
  const leftOver = dims.some((dim, axis) => dim !== 1 && ![0, time, channel, ...rows].includes(axis));
  if (wide.length > 1 || rows.length > 1 || leftOver)
    return 'mixes its axes in a way that cannot be drawn over time';
  const feature = rows[0] ?? null;
  const averaged = feature !== null && dims[feature] !== features;
  return {
    axes: { channel, feature, time, ...(averaged && { averaged }) },
    shape: [channel, ...(feature === null ? [] : [feature]), time].map((axis) => dims[axis]!),
    receptiveField: summary(field),
    positions: centres(field),
    reads: field.everything ? null : { from: field.from, to: field.to },
  };
}

function summary(field: Field): ReceptiveFieldSummary {
  if (field.everything) return { size: null, jump: field.jump, start: field.start };
  if (field.regular && !field.running) return { size: field.size, jump: field.jump, start: field.start };
  const size = field.from.reduce((most, from, p) => Math.max(most, field.to[p]! - from), 0);
  if (field.regular) return { size, jump: field.jump, start: field.start };
  const middles = centres(field);
  return {
    size,
    jump: middles.length > 1 ? (middles.at(-1)! - middles[0]!) / (middles.length - 1) : 1,
    start: middles[0] ?? 0,
  };
}
