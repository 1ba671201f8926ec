import type { ReceptiveFieldSummary } from './layerSummary.ts';
import { centres, type Field } from './receptive/field.ts';
import { standing } from './receptive/standing.ts';
import type { AxisPart, Role, Track } from './receptive/track.ts';

/**
 * Which axis of a layer's tensor is what; axes not named here have length 1. `feature` is null for a time map.
 */
interface LayerAxes {
  /** The instances: 0 but for layers that take the steps first. */
  readonly batch: number;
  readonly channel: number;
  readonly feature: number | null;
  readonly time: number;
  /** The rows on the `feature` axis are no features: a map over time is the mean over them. */
  readonly averaged?: true;
  /**
   * Lengths of what the tensor's axes were merged from, where instances share one with others (every feature by itself,
   * as PatchTST does): the tensor is laid out so, and the axes above count in these.
   */
  readonly parts?: readonly number[];
}

/** How the positions of a layer lie on the input. */
export interface LayerPlace {
  readonly axes: LayerAxes;
  /** [C, T'] or [C, F', T']. */
  readonly shape: readonly number[];
  readonly receptiveField: ReceptiveFieldSummary;
  /** Where each position stands along time, in input steps; may be fractional, or outside the input. */
  readonly positions: Float64Array;
  /** Input steps each position reads, `to` exclusive and equal to `from` where it reads none; null = all of them. */
  readonly reads: { readonly from: Int32Array; readonly to: Int32Array } | null;
}

/** placeLayer of every tensor of a graph, each looked at once; arguments as there. */
export function placesOf(
  tracks: ReadonlyMap<string, Track>,
  dims: (tensor: string) => readonly number[] | undefined,
  input: { readonly features: number; readonly batch: number },
): (tensor: string) => LayerPlace | string {
  const known = new Map<string, LayerPlace | string>();
  return (tensor) => {
    const place = known.get(tensor) ?? placeLayer(tracks.get(tensor), dims(tensor), input);
    known.set(tensor, place);
    return place;
  };
}

/**
 * How a tensor can be read as a layer, or in half a sentence why it cannot.
 * @param input the features of the model's input, and the instances it was tried with.
 */
export function placeLayer(
  track: Track | undefined,
  dims: readonly number[] | undefined,
  { features, batch: instances }: { readonly features: number; readonly batch: number },
): LayerPlace | string {
  if (track === undefined || dims === undefined) return 'does not rest on the input';
  if (track.field === null || !track.roles.includes('time'))
    return 'has no time axis, or none whose positions could be followed to here';
  const { roles, lengths, parts } = axesApart(track, dims, instances);
  const time = roles.indexOf('time');
  const batch = roles.indexOf('batch');
  if (batch < 0) return 'has no axis on which instances are told apart';
  const of = (role: string) => roles.flatMap((found, axis) => (found === role ? [axis] : []));
  const channels = of('channel');
  const rows = of('feature').filter((axis) => lengths[axis] !== 1 || features === 1);
  const wide = channels.filter((axis) => lengths[axis] !== 1);
  // Without channels the features are what the map is summed over.
  const channel = channels.length === 0 ? rows.shift() : (wide[0] ?? channels[0]);
  if (channel === undefined) return 'has no channels';
  const leftOver = lengths.some((dim, axis) => dim !== 1 && ![batch, time, channel, ...rows].includes(axis));
  if (wide.length > 1 || rows.length > 1 || leftOver)
    return 'mixes its axes in a way that cannot be drawn over time';
  const feature = rows[0] ?? null;
  // Rows that the model has brought into another order, or put others among, have not the names of the features.
  const averaged = feature !== null && (lengths[feature] !== features || track.rows !== undefined);
  return {
    axes: { batch, channel, feature, time, ...(averaged && { averaged }), ...(parts && { parts }) },
    shape: [channel, ...(feature === null ? [] : [feature]), time].map((axis) => lengths[axis]!),
    receptiveField: receptiveFieldOf(track.field),
    positions: standing(track.field),
    reads: track.field.everything ? null : { from: track.field.from, to: track.field.to },
  };
}

/** Whether a tensor lies as its readers expect a layer: instances first, each in a place of its own. */
export function isInstancesFirst({ axes }: LayerPlace): boolean {
  return axes.batch === 0 && axes.parts === undefined;
}

/** So many times as many steps as half of the positions read, no more than that. */
const WRAPPED = 2;

interface Apart {
  readonly roles: readonly Role[];
  readonly lengths: readonly number[];
  /** The same where the tensor has to be laid out anew for it. */
  readonly parts?: readonly number[];
}

/** The axes of a tensor, what is merged with the instances taken apart. */
function axesApart({ roles, merged }: Track, dims: readonly number[], instances: number): Apart {
  if (roles.includes('batch')) return { roles, lengths: dims };
  const apart = roles.flatMap((role, axis): readonly AxisPart[] => {
    const own = { role, size: dims[axis]! };
    const parts = merged ? merged.factors[axis]! : partsOf(own, instances);
    const alike = parts.every((part) => part.role === parts[0]?.role);
    return alike ? [own] : parts;
  });
  // The one instance that a run takes may have no axis at all.
  const all =
    instances === 1 && apart.every(({ role }) => role !== 'batch')
      ? [{ role: 'batch', size: 1 } as const, ...apart]
      : apart;
  const lengths = all.map(({ size }) => size);
  return { roles: all.map(({ role }) => role), lengths, parts: lengths };
}

function partsOf(axis: AxisPart, instances: number): readonly AxisPart[] {
  const other = (['feature', 'channel'] as const).find((role) => axis.role === `batch×${role}`);
  if (other === undefined) return [axis];
  return [
    { role: 'batch', size: instances },
    { role: other, size: axis.size / instances },
  ];
}

/** What is said of a field in one line. */
export function receptiveFieldOf(field: Field): ReceptiveFieldSummary {
  if (field.everything) return { size: null, jump: field.jump, start: field.start };
  const sizes = Array.from(field.from, (from, p) => field.to[p]! - from).sort((a, b) => a - b);
  // At the seam of a series that goes round a position reads both ends, and the hull of that is everything.
  const [usual, most] = [median(sizes), sizes.at(-1) ?? 0];
  const size = !field.running && most > WRAPPED * usual ? usual : most;
  if (field.regular) {
    // Where an axis was stretched, some positions read more than the rule has, and parts of a step are a step.
    const whole = field.running ? size : Math.max(size, Math.ceil(sixDigits(field.size)));
    return { size: whole, jump: sixDigits(field.jump), start: sixDigits(field.start) };
  }
  const places = centres(field);
  const gaps = Array.from(places.subarray(1), (place, p) => place - places[p]!).sort((a, b) => a - b);
  const mean = places.length > 1 ? (places.at(-1)! - places[0]!) / (places.length - 1) : 1;
  const isRising = gaps.every((gap) => gap >= 0);
  return {
    size,
    jump: sixDigits(isRising ? mean : median(gaps)),
    start: places[0] ?? 0,
  };
}

/** Without what rounding leaves of a sum of fractions. */
function sixDigits(value: number): number {
  return Number(value.toFixed(6));
}

/** Of numbers in rising order, the lower one of two in the middle; 0 of none. */
function median(sorted: readonly number[]): number {
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
