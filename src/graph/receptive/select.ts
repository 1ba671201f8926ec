import { intOf, textOf } from '../attributes.ts';
import { MASKED_SCOPE } from '../masking/writer.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { mergedRoles } from './combine.ts';
import { axisOfCuts } from './cut.ts';
import { cutOut } from './cutOut.ts';
import { type Field, pad, pick, readingEverything, slotted } from './field.ts';
import {
  type Cut,
  dimsOf,
  inputDims,
  integersOf,
  lost,
  outputDims,
  type Role,
  type Track,
  type TrackRule,
  type TrackRules,
  timeAxis,
  type Visit,
  withoutTime,
} from './track.ts';
import { join, union } from './unite.ts';
import { slide } from './windows.ts';

const slice: TrackRule = (visit) => {
  const [track] = visit.tracks;
  if (track?.field == null) return [track];
  const indices = slicedAlong(visit, timeAxis(track));
  if (indices === 'computed') return [withoutTime(track.roles)];
  return [indices ? { ...track, field: cutOut(track.field, visit.steps, indices) } : track];
};

/** Places along an axis that a Slice takes; undefined where it takes all, `computed` where they rest on values that go in. */
export function slicedAlong(visit: Visit, axis: number): readonly number[] | 'computed' | undefined {
  const dims = inputDims(visit, 0);
  const [starts, ends, given, strides] = ['starts', 'ends', 'axes', 'steps'].map((name, i) =>
    integersOf(visit, name, i + 1),
  );
  if (!Array.isArray(starts) || !Array.isArray(ends) || given === 'computed' || strides === 'computed')
    return 'computed';
  const axes = given ?? starts.map((_, i) => i);
  const at = axes.findIndex((one) => positiveAxis(one, dims.length) === axis);
  return at < 0 ? undefined : slicedIndices(dims[axis]!, starts[at]!, ends[at]!, strides?.[at] ?? 1);
}

/** As ONNX does: negative bounds count from the end, all are clamped. */
function slicedIndices(length: number, start: number, end: number, step: number): number[] {
  const clamp = (bound: number, low: number, high: number) =>
    Math.min(high, Math.max(low, bound < 0 ? bound + length : bound));
  const [first, last] =
    step > 0
      ? [clamp(start, 0, length), clamp(end, 0, length)]
      : [clamp(start, 0, length - 1), end < -length ? -1 : clamp(end, -1, length - 1)];
  const count = Math.max(0, Math.ceil((last - first) / step));
  return Array.from({ length: count }, (_, i) => first + i * step);
}

const gatherRule: TrackRule = (visit) => {
  const { node } = visit;
  const [track] = visit.tracks;
  if (track === undefined) return [visit.tracks[1] && lost(outputDims(visit).length)];
  const rank = track.roles.length;
  const axis = positiveAxis(intOf(node, 'axis') ?? 0, rank);
  const indexRank = outputDims(visit).length - rank + 1;
  const kept =
    indexRank === 1 ? [track.roles[axis]!] : Array.from({ length: indexRank }, (): Role => 'other');
  const roles = [...track.roles.slice(0, axis), ...kept, ...track.roles.slice(axis + 1)];
  if (track.field === null || timeAxis(track) !== axis) return [{ roles, field: chosen(visit, track) }];
  const indices = node.inputs[1] ? visit.integers(node.inputs[1]) : undefined;
  if (indexRank === 2 && indices !== undefined) return [patches(visit, track, axis, indices)];
  if (indexRank !== 1 || indices === undefined) return [withoutTime(roles)];
  const length = inputDims(visit, 0)[axis]!;
  return [
    {
      roles,
      field: pick(
        track.field,
        indices.map((index) => positiveAxis(index, length)),
      ),
    },
  ];
};

/** What is fetched rests on what its indices rest on as well. */
function chosen(visit: Visit, { field }: Track): Field | null {
  return field !== null && visit.tracks[1] !== undefined ? readingEverything(field, visit.steps) : field;
}

/**
 * Along one axis, each instance by its own indices. Where these lie over time (the last real step up to each step, as in
 * a masked recurrent layer), so does what they fetch, from anywhere.
 */
const gatherElements: TrackRule = (visit) => {
  const [track, index] = visit.tracks;
  if (track === undefined) return [index && lost(outputDims(visit).length)];
  // Real steps are put together for a recurrent layer and back behind it: each has its place again.
  if (index === undefined && visit.node.inputs[1]!.startsWith(`${MASKED_SCOPE}/`)) return [track];
  const axis = positiveAxis(intOf(visit.node, 'axis') ?? 0, track.roles.length);
  const roles = withoutTime(track.roles).roles;
  if (index?.field != null && timeAxis(index) === axis) {
    return [
      {
        roles: roles.map((role, i) => (i === axis ? 'time' : role)),
        field: readingEverything(index.field, visit.steps),
      },
    ];
  }
  return [timeAxis(track) === axis || index !== undefined ? { roles, field: null } : track];
};

/** Overlapping pieces of the series: of the two new axes the one with the larger steps counts the pieces, time from now on. */
function patches(visit: Visit, track: Track, axis: number, indices: readonly number[]): Track {
  const [rows, columns] = inputDims(visit, 1) as [number, number];
  const at = (row: number, column: number) =>
    positiveAxis(indices[row * columns + column]!, inputDims(visit, 0)[axis]!);
  const down = rows > 1 ? at(1, 0) - at(0, 0) : 0;
  const right = columns > 1 ? at(0, 1) - at(0, 0) : 0;
  const byRow = down >= right;
  const [count, size] = byRow ? [rows, columns] : [columns, rows];
  const pieces: Role[] = byRow ? ['time', 'channel'] : ['channel', 'time'];
  const roles = [...track.roles.slice(0, axis), ...pieces, ...track.roles.slice(axis + 1)];
  const even = Array.from({ length: rows * columns }, (_, i) => i).every(
    (i) =>
      at(Math.floor(i / columns), i % columns) ===
      at(0, 0) + Math.floor(i / columns) * down + (i % columns) * right,
  );
  const [stride, dilation] = byRow ? [down, right] : [right, down];
  if (!even || stride < 1 || dilation < 1) return withoutTime(roles);
  const from = at(0, 0);
  const window = { kernel: size, stride, dilation, padBegin: -from };
  return { roles, field: slide(track.field!, count, window) };
}

/** A singleton becomes copies; along time the series comes again and again. */
const tile: TrackRule = (visit) => {
  const [track] = visit.tracks;
  if (track === undefined) return [undefined];
  const dims = inputDims(visit, 0);
  const repeats = visit.node.inputs[1] ? visit.integers(visit.node.inputs[1]) : undefined;
  if (repeats === undefined) return [lost(dims.length)];
  const roles = track.roles.map((role, axis): Role => {
    if (repeats[axis] === 1 || role === 'time') return role;
    return dims[axis] === 1 ? 'copies' : 'other';
  });
  const length = track.field?.from.length ?? 0;
  const again = repeats[timeAxis(track)] ?? 1;
  if (track.field === null || again === 1) return [{ roles, field: track.field }];
  const indices = Array.from({ length: length * again }, (_, p) => p % length);
  return [{ roles, field: pick(track.field, indices) }];
};

const split: TrackRule = (visit) => {
  const { node } = visit;
  const [track] = visit.tracks;
  if (track === undefined) return [undefined];
  const axis = positiveAxis(intOf(node, 'axis') ?? 0, track.roles.length);
  let from = 0;
  return node.outputs.map((output) => {
    const length = dimsOf(visit, output)[axis] ?? 0;
    const begin = from;
    from += length;
    if (track.field === null || timeAxis(track) !== axis) return track;
    return {
      ...track,
      field: cutOut(
        track.field,
        visit.steps,
        Array.from({ length }, (_, i) => begin + i),
      ),
    };
  });
};

const concat: TrackRule = (visit) => {
  const { node, tracks } = visit;
  const known = tracks.filter((track) => track !== undefined);
  if (known.length === 0) return [undefined];
  const rank = outputDims(visit).length;
  const axis = positiveAxis(intOf(node, 'axis') ?? 1, rank);
  const whole = outputDims(visit);
  const merged = mergedRoles(known);
  const roles = merged.map((role, i): Role => {
    if (i !== axis || role === 'time' || role === 'batch') return role;
    if (role !== 'feature') return 'channel';
    // All features beside what rests on no series, as a mask does, are rows still; beside others they are channels, as
    // row f is no longer feature f.
    const isOne =
      known.length === 1 && visit.dims(node.inputs[tracks.indexOf(known[0]!)]!)?.[i] === visit.features;
    return isOne || whole[i] === visit.features ? role : 'channel';
  });
  const time = roles.indexOf('time');
  const states = time < 0 ? unrolled(visit, axis) : undefined;
  if (states) {
    return [{ roles: roles.map((role, i): Role => (i === axis ? 'time' : role)), field: states }];
  }
  if (time < 0 || known.some((track) => track.field === null || timeAxis(track) !== time)) {
    return [withoutTime(roles)];
  }
  if (axis !== time) {
    // All parts have one length along time, so this is the element-wise union of their fields.
    return [{ roles, field: known.map((track) => track.field!).reduce(union) }];
  }
  return [{ roles, field: joined(visit, axis) }];
};

/** A recurrence that an exporter wrote out step by step: its states, one behind the other along an axis of their own. */
function unrolled({ node, tracks, steps, dims }: Visit, axis: number): Field | undefined {
  const isState = (track: Track | undefined): track is Track & { readonly cut: Cut } =>
    // A singleton may be taken for that of the one instance.
    track?.field === null && track.cut !== undefined && ['other', 'batch'].includes(track.roles[axis]!);
  if (!tracks.every(isState) || !node.inputs.every((name) => dims(name)?.[axis] === 1)) return undefined;
  return axisOfCuts(
    tracks.map(({ cut }) => cut),
    steps,
  );
}

/** Along time; a part that rests on no input (zeros put in as padding) reads nothing. */
function joined(visit: Visit, axis: number): Field {
  const parts = visit.node.inputs.map((name, i) => ({
    field: visit.tracks[i]?.field ?? null,
    length: dimsOf(visit, name)[axis] ?? 0,
  }));
  const first = parts.findIndex((part) => part.field !== null);
  const last = parts.findLastIndex((part) => part.field !== null);
  const lengthOf = (some: typeof parts) => some.reduce((sum, part) => sum + part.length, 0);
  const inner = parts.slice(first, last + 1).map(({ field, length }) => {
    return field ?? pick(parts[first]!.field!, new Array<number>(length).fill(-1));
  });
  return pad(join(inner), lengthOf(parts.slice(0, first)), lengthOf(parts.slice(last + 1)), () => -1);
}

const padRule: TrackRule = (visit) => {
  const { node } = visit;
  const [track] = visit.tracks;
  if (track?.field == null) return [track];
  const pads = padsAlong(visit, timeAxis(track), track.roles.length);
  if (pads === 'computed') return [withoutTime(track.roles)];
  if (!pads) return [track];
  const [before, after] = pads;
  const mode = textOf(node, 'mode') ?? 'constant';
  const length = track.field.from.length;
  const left = Array.from(
    { length: length + Math.min(0, before) + Math.min(0, after) },
    (_, i) => i - Math.min(0, before),
  );
  const isCut = left.length < length;
  const kept = isCut ? cutOut(track.field, visit.steps, left) : slotted(track.field, visit.steps);
  return [
    { ...track, field: pad(kept, Math.max(0, before), Math.max(0, after), copied(mode, kept.from.length)) },
  ];
};

/** Places put before and behind an axis by a Pad; undefined where none are, `computed` where they rest on values that go in. */
export function padsAlong(
  visit: Visit,
  axis: number,
  rank: number,
): readonly [before: number, after: number] | 'computed' | undefined {
  const pads = integersOf(visit, 'pads', 1);
  const given = integersOf(visit, null, 3);
  if (!Array.isArray(pads) || given === 'computed') return 'computed';
  const axes = given ?? Array.from({ length: rank }, (_, i) => i);
  const at = axes.findIndex((one) => positiveAxis(one, rank) === axis);
  return at < 0 ? undefined : [pads[at]!, pads[axes.length + at]!];
}

/** Which position a padded one copies, by mode; positions count from the first unpadded one. */
function copied(mode: string, length: number): (p: number) => number {
  switch (mode) {
    case 'edge':
      return (p) => Math.min(length - 1, Math.max(0, p));
    case 'reflect':
      return (p) => {
        const period = Math.max(1, 2 * (length - 1));
        const inside = ((p % period) + period) % period;
        return inside < length ? inside : period - inside;
      };
    case 'wrap':
      return (p) => ((p % length) + length) % length;
    default:
      return () => -1;
  }
}

/** Operators that take a part of an axis, repeat it, pad it, or join several. */
export const selections: TrackRules = {
  Slice: slice,
  Gather: gatherRule,
  GatherElements: gatherElements,
  Split: split,
  Tile: tile,
  Concat: concat,
  Pad: padRule,
};
