import type { Field } from './field.ts';
import type { AxisPart, MergedAxes, Role, Track } from './track.ts';

const WHOLE: readonly Role[] = ['batch', 'time', 'feature'];

/** The parts of each axis; undefined where an axis stands for something that is not known. */
export function factorsOf(
  track: Track,
  dims: readonly number[],
  features: number,
): readonly (readonly AxisPart[])[] | undefined {
  if (track.merged) return track.merged.factors;
  const found = track.roles.map((role, axis): readonly AxisPart[] | undefined => {
    const size = dims[axis]!;
    if (size === 1) return role === 'batch' ? [{ role, size }] : [];
    if (role === 'batch×feature') {
      return [
        { role: 'batch', size: size / features },
        { role: 'feature', size: features },
      ];
    }
    return [...WHOLE, 'channel'].includes(role) ? [{ role, size }] : undefined;
  });
  return found.every((parts) => parts !== undefined) ? found : undefined;
}

/**
 * The parts laid out under new dims; undefined where instances, time or features would be cut in two.
 */
export function regrouped(
  factors: readonly (readonly AxisPart[])[],
  after: readonly number[],
): readonly (readonly AxisPart[])[] | undefined {
  const left = factors.flat();
  const groups: AxisPart[][] = [];
  for (const size of after) {
    const group: AxisPart[] = [];
    let rest = size;
    if (size === 1 && left[0]?.size === 1) group.push(left.shift()!);
    while (rest > 1) {
      const next = left.shift();
      if (next === undefined) return undefined;
      if (rest % next.size === 0) {
        group.push(next);
        rest /= next.size;
      } else {
        if (next.size % rest !== 0 || next.role !== 'channel') return undefined;
        group.push({ role: 'channel', size: rest });
        left.unshift({ role: 'channel', size: next.size / rest });
        rest = 1;
      }
    }
    groups.push(group);
  }
  // Singletons that are left: an axis was dropped that held one instance.
  if (left.some(({ size }) => size > 1)) return undefined;
  groups.at(-1)?.push(...left);
  return groups;
}

/** What an axis of these parts stands for. */
function roleOf(parts: readonly AxisPart[]): Role {
  const roles = parts.map(({ role }) => role).filter((role, i, all) => role !== all[i - 1]);
  if (roles.length === 0) return 'other';
  if (roles.length === 1) return roles[0]!;
  return roles.length === 2 && roles[0] === 'batch' ? (`batch×${roles[1]}` as Role) : 'other';
}

/** A track by its parts; what is merged is kept only where something is. */
export function fromFactors(factors: readonly (readonly AxisPart[])[], field: Field | null): Track {
  const roles = factors.map(roleOf);
  const shown =
    roles.includes('time') && field !== null && roles.filter((role) => role === 'time').length === 1;
  const plain = factors.every((parts, axis) => parts.length <= 1 || roles[axis] === 'channel');
  return {
    roles: shown ? roles : roles.map((role) => (role === 'time' ? 'other' : role)),
    field: shown ? field : null,
    ...(!plain && { merged: { factors, field: shown ? null : field } }),
  };
}

/** The same with the parts of one axis taken for channels: a product with weights mixed them. */
export function withChannels(track: Track, axis: number, size: number): MergedAxes | undefined {
  if (!track.merged) return undefined;
  const { factors, field } = track.merged;
  const mixed = factors[axis]?.some(({ role }) => role === 'time');
  return {
    factors: factors.map((parts, at) => {
      if (at !== axis) return parts;
      const single = parts.filter((part) => part.size === 1);
      return size === 1 ? single : [...single, { role: 'channel' as const, size }];
    }),
    field: mixed ? null : field,
  };
}

/** Whether the parts still say how long the axes are. */
export function partsFit({ factors }: MergedAxes, dims: readonly number[]): boolean {
  return (
    factors.length === dims.length &&
    factors.every((parts, axis) => parts.reduce((all, { size }) => all * size, 1) === dims[axis])
  );
}
