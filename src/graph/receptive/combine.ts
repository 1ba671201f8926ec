import { compositeNames } from '../composites.ts';
import { UNARY } from '../unary.ts';
import { readingEverything } from './field.ts';
import {
  lost,
  type MergedAxes,
  outputDims,
  type Role,
  type Track,
  type TrackRules,
  type Visit,
  withoutTime,
} from './track.ts';
import { union } from './unite.ts';

/** Element by element with broadcasting: every position reads what the operands read there. */
function combine(visit: Visit): readonly (Track | undefined)[] {
  const operands = visit.tracks.filter((track) => track !== undefined);
  const rank = outputDims(visit).length;
  if (operands.length === 0) return [undefined];
  if (operands.length === 1 && operands[0]!.roles.length === rank) return [operands[0]];
  const merged = operands
    .flatMap((track) => (track.roles.length === rank ? (track.merged ?? []) : []))
    .reduce<MergedAxes | undefined>((a, b) => (a ? both(a, b) : b), undefined);
  const found = operands.map((track) => alignRight(track, rank)).reduce((a, b) => merge(a, b, visit));
  return [merged ? { ...found, merged } : found];
}

/** Of two tensors whose axes were merged alike. */
function both(a: MergedAxes, b: MergedAxes): MergedAxes {
  return { factors: a.factors, field: a.field && b.field ? union(a.field, b.field) : (a.field ?? b.field) };
}

function alignRight(track: Track, rank: number): Track {
  const missing = Array.from({ length: Math.max(0, rank - track.roles.length) }, (): Role => 'other');
  return { ...track, roles: [...missing, ...track.roles] };
}

function merge(a: Track, b: Track, visit: Visit): Track {
  const scores = a.field?.everything ? a : b.field?.everything ? b : undefined;
  if (scores !== undefined && timesApart(a, b) && a.roles.length === b.roles.length) return scores;
  const roles = a.roles.map((role, axis) => mergeRoles(role, b.roles[axis] ?? 'other'));
  if (roles.filter((role) => role === 'time').length > 1 || a.roles.length !== b.roles.length) {
    return lost(roles.length);
  }
  const [first, second] = a.field === null ? [b.field, a.field] : [a.field, b.field];
  if (first === null) {
    return { roles, field: null };
  }
  const time = roles.indexOf('time');
  if (time < 0 || first.from.length !== outputDims(visit)[time]) {
    return withoutTime(roles);
  }
  // An operand without a time axis (a gate after global pooling) brings everything to every position.
  return second !== null && second.from.length === first.from.length
    ? { roles, field: union(first, second) }
    : { roles, field: readingEverything(first, visit.steps) };
}

/** Scores of queries × keys beside a mask of the keys: where scores read everything, a mask adds nothing to it. */
function timesApart(a: Track, b: Track): boolean {
  const [one, two] = [a.roles.indexOf('time'), b.roles.indexOf('time')];
  return one >= 0 && two >= 0 && one !== two;
}

function mergeRoles(a: Role, b: Role): Role {
  if (a === b || b === 'other') return a;
  if (a === 'other') return b;
  return a === 'time' || b === 'time' ? 'time' : 'channel';
}

function same(visit: Visit): readonly (Track | undefined)[] {
  return [visit.tracks[0]];
}

const BINARY = [
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'Max', 'Min', 'Mean', 'Sum', 'Where', 'PRelu'],
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or', 'Xor', 'Expand', 'BitShift'],
];

/** Values change, positions stay; what lies beside the first input is a parameter. */
export const ONE_VALUE: readonly string[] = [...Object.keys(UNARY), ...compositeNames()];

/** Operators that read, for each value, the values at the same place only. */
export const elementwise: TrackRules = Object.fromEntries([
  ...BINARY.map((op) => [op, combine] as const),
  ...ONE_VALUE.map((op) => [op, same] as const),
]);

/** For operators that put tensors side by side or compare them, as Concat does. */
export function mergedRoles(tracks: readonly Track[]): Role[] {
  return tracks
    .map((track) => track.roles)
    .reduce<Role[]>((all, roles) => {
      return roles.map((role, axis) => mergeRoles(all[axis] ?? 'other', role));
    }, []);
}
