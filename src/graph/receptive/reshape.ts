import { intsOf } from '../attributes.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { factorsOf, fromFactors, regrouped } from './factors.ts';
import { pick } from './field.ts';
import {
  inputDims,
  integersOf,
  lost,
  outputDims,
  type Role,
  type Track,
  type TrackRule,
  type TrackRules,
  type Visit,
} from './track.ts';

/** A track under new roles; time survives only where one axis still carries it. */
function withRoles(track: Track, roles: readonly Role[]): Track {
  return { roles, field: roles.includes('time') ? track.field : null };
}

/** The same with its merged axes in a new order; -1 stands for a new singleton. */
function withAxes(track: Track, order: readonly number[]): Track {
  const roles = order.map((axis) => track.roles[axis] ?? 'other');
  const { merged } = track;
  const factors = merged && order.map((axis) => merged.factors[axis] ?? []);
  return { ...withRoles(track, roles), ...(factors && { merged: { ...merged, factors } }) };
}

const transpose: TrackRule = ({ node, tracks: [track] }) => {
  if (track === undefined) return [undefined];
  const perm = intsOf(node, 'perm') ?? track.roles.map((_, axis) => track.roles.length - 1 - axis);
  return [withAxes(track, perm)];
};

const squeeze: TrackRule = (visit) => {
  const [track] = visit.tracks;
  if (track === undefined) return [undefined];
  const dims = inputDims(visit, 0);
  const given = integersOf(visit, 'axes', 1);
  if (given === 'computed') return [lost(outputDims(visit).length)];
  const axes = given?.map((axis) => positiveAxis(axis, dims.length));
  const all = track.roles.map((_, axis) => axis);
  return [
    withAxes(
      track,
      all.filter((axis) => (axes === undefined ? dims[axis] !== 1 : !axes.includes(axis))),
    ),
  ];
};

const unsqueeze: TrackRule = (visit) => {
  const [track] = visit.tracks;
  const axes = integersOf(visit, 'axes', 1);
  if (track === undefined || !Array.isArray(axes)) return [reshaped(visit)];
  const rank = track.roles.length + axes.length;
  const added = new Set(axes.map((axis) => positiveAxis(axis, rank)));
  let next = 0;
  return [
    withAxes(
      track,
      Array.from({ length: rank }, (_, axis) => (added.has(axis) ? -1 : next++)),
    ),
  ];
};

/**
 * Reshape and Flatten. Input and output axes are matched in groups of equal products; an axis keeps its role where it
 * is alone in its group but for singletons. What is merged or split with others loses it, until it is laid out as
 * before.
 */
function reshaped(visit: Visit): Track | undefined {
  const [track] = visit.tracks;
  if (track === undefined) return undefined;
  const before = inputDims(visit, 0);
  const after = outputDims(visit);
  const found = byGroups(visit, track, before, after);
  const told =
    found.roles.every((role, axis) => role !== 'other' || after[axis] === 1) &&
    (found.roles.some((role) => role.startsWith('batch')) || !track.roles.includes('batch'));
  if (told && !track.merged) return found;
  const factors = factorsOf(track, before, visit.features);
  const laid = factors && regrouped(factors, after);
  return laid
    ? {
        ...(found.before && { before: found.before }),
        ...fromFactors(laid, track.field ?? track.merged?.field ?? null),
      }
    : found;
}

function byGroups(visit: Visit, track: Track, before: readonly number[], after: readonly number[]): Track {
  const stepByStep = track.roles.includes('batch×time') ? track.before : undefined;
  if (track.before !== undefined && !stepByStep && sameDims(track.before.dims, after)) {
    return { roles: track.before.roles, field: track.before.field };
  }
  const roles: Role[] = [];
  for (const group of matchGroups(before, after, track.roles)) {
    roles.push(...rolesOfGroup(group, before, after, track.roles, visit.features));
  }
  if (stepByStep && roles.includes('time')) {
    const { field } = stepByStep;
    return field.from.length === after[roles.indexOf('time')] ? { roles, field } : lost(after.length);
  }
  const found = withRoles(repeated(track, after[roles.indexOf('time')]), roles);
  return track.field !== null && found.field === null
    ? { ...found, before: { roles: track.roles, dims: before, field: track.field } }
    : found;
}

/** Where copies beside it were merged into time, each position stands there several times. */
function repeated(track: Track, length: number | undefined): Track {
  const { field } = track;
  if (field === null || length === undefined || length === field.from.length) return track;
  const times = length / field.from.length;
  const indices = Array.from({ length }, (_, p) => Math.floor(p / times));
  return { ...track, field: { ...pick(field, indices), jump: field.jump / times, regular: false } };
}

/** The batch may come as -1 and be as long as ever. */
function sameDims(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

interface Group {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Runs of axes on both sides whose products agree, as short as possible. */
function matchGroups(before: readonly number[], after: readonly number[], roles: readonly Role[]): Group[] {
  // Axis 0 of the same length is the batch, also where it is 1 and could be any singleton.
  const batch = before.length > 0 && before[0] === after[0];
  const groups: Group[] = batch ? [{ from: [0], to: [0] }] : [];
  let i = batch ? 1 : 0;
  let j = batch ? 1 : 0;
  while (i < before.length || j < after.length) {
    // A singleton that stays where it was; of several the one that is the instances.
    if (
      before[i] === 1 &&
      after[j] === 1 &&
      !(roles[i] !== 'batch' && before[i + 1] === 1 && after[j + 1] !== 1)
    ) {
      groups.push({ from: [i++], to: [j++] });
      continue;
    }
    const from: number[] = [];
    const to: number[] = [];
    let left = 1;
    let right = 1;
    do {
      if (left <= right && i < before.length) {
        left *= before[i]!;
        from.push(i++);
      } else if (j < after.length) {
        right *= after[j]!;
        to.push(j++);
      } else {
        left *= before[i] ?? 0;
        from.push(i++);
      }
    } while (left !== right && (i < before.length || j < after.length));
    groups.push({ from, to });
  }
  return groups;
}

const MERGED: Readonly<Partial<Record<Role, Role>>> = {
  feature: 'batch×feature',
  channel: 'batch×channel',
  time: 'batch×time',
};

function rolesOfGroup(
  { from, to }: Group,
  before: readonly number[],
  after: readonly number[],
  roles: readonly Role[],
  features: number,
): Role[] {
  const wide = from.filter((axis) => before[axis] !== 1);
  const target = to.filter((axis) => after[axis] !== 1);
  if (from.length === 1 && to.length === 1) {
    return [roles[from[0]!]!];
  }
  if (wide.length === 1 && target.length === 1) {
    return to.map((axis) => (axis === target[0] ? roles[wide[0]!]! : 'other'));
  }
  if (wide.length === 0) {
    return to.map((axis, i) =>
      from.length === to.length ? roles[from[i]!]! : axis === 0 ? 'batch' : 'other',
    );
  }
  const merged = wide.map((axis) => roles[axis]!);
  if (target.length === 1 && merged[0] === 'batch' && merged.length === 2) {
    const role = MERGED[merged[1]!];
    if (role !== undefined) return to.map((axis) => (axis === target[0] ? role : 'other'));
  }
  if (target.length === 1 && merged.length === 2 && merged[0] === 'time' && merged[1] === 'copies') {
    return to.map((axis) => (axis === target[0] ? 'time' : 'other'));
  }
  if (wide.length === 1 && to.length === 2 && merged[0]!.startsWith('batch×')) {
    const second = merged[0]!.slice('batch×'.length) as Role;
    if (second !== 'feature' || after[to[1]!] === features) return ['batch', second];
  }
  const mixesTimeOrBatch = merged.some((role) => role === 'time' || role.startsWith('batch'));
  return to.map(() => (mixesTimeOrBatch ? 'other' : 'channel'));
}

/** Operators that move axes and leave the values. */
export const reshapes: TrackRules = {
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Reshape: (visit) => [reshaped(visit)],
  Flatten: (visit) => [reshaped(visit)],
};
