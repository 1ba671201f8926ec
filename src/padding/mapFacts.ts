import type { Zone } from '../attribution/explanation.ts';
import { correlation } from './correlation.ts';

/** Maps of one instance at one layer, as the layer has them: [rows, P] each, signed, nothing normalised. */
export interface InstanceMaps {
  readonly rows: number;
  /** [P] zone of every position along time. */
  readonly zones: readonly Zone[];
  /** Grad-CAM per class, index = class. */
  readonly gradcam: readonly Float32Array[];
  readonly maskedAlpha: Float32Array;
  readonly hirescam: Float32Array;
  readonly predicted: number;
}

/**
 * Share of the map's mass per zone (2-D maps summed over features); null for an all-zero map.
 * @param profile [positions]
 */
export function zoneMass(profile: Float64Array, zones: readonly Zone[]): Record<Zone, number> | null {
  const mass = { REAL: 0, MIXED: 0, EMPTY: 0 };
  profile.forEach((value, p) => {
    mass[zones[p]!] += value;
  });
  const all = mass.REAL + mass.MIXED + mass.EMPTY;
  if (all === 0) return null;
  return { REAL: mass.REAL / all, MIXED: mass.MIXED / all, EMPTY: mass.EMPTY / all };
}

/** [P] each position's values put through `part` and summed over the rows. */
export function timeProfile(map: Float32Array, rows: number, part: (value: number) => number): Float64Array {
  const positions = map.length / rows;
  const profile = new Float64Array(positions);
  map.forEach((value, cell) => {
    profile[cell % positions]! += part(value);
  });
  return profile;
}

/** ReLU of one number. */
export const positive = (value: number) => Math.max(0, value);

/**
 * Flatness and height of the ReLU map in EMPTY, against its maximum (0 for an all-zero map); null with fewer than 3 EMPTY positions.
 * @param profile [positions]
 */
export function plateau(
  profile: Float64Array,
  zones: readonly Zone[],
): { stdOverMax: number; levelOverMax: number } | null {
  const empty = profile.filter((_, p) => zones[p] === 'EMPTY');
  const max = profile.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (empty.length < 3) return null;
  if (max === 0) return { stdOverMax: 0, levelOverMax: 0 };
  const level = empty.reduce((sum, value) => sum + value, 0) / empty.length;
  const variance = empty.reduce((sum, value) => sum + (value - level) ** 2, 0) / empty.length;
  return { stdOverMax: Math.sqrt(variance) / max, levelOverMax: level / max };
}

/** Least |correlation| of the predicted class's signed map with any other class's; null where a map is constant. */
export function degeneracy({ gradcam, predicted }: InstanceMaps): number | null {
  const own = gradcam[predicted]!;
  const against = gradcam.flatMap((map, cls) => (cls === predicted ? [] : [Math.abs(correlation(own, map))]));
  const least = Math.min(...against);
  return Number.isFinite(least) ? least : null;
}

/** Correlation of plain and masked-α Grad-CAM (both ReLU) over the real steps; null where either is constant there. */
export function alphaPollution({ gradcam, maskedAlpha, predicted, zones }: InstanceMaps): number | null {
  const real = (map: Float32Array) =>
    map.filter((_, cell) => zones[cell % zones.length] === 'REAL').map(positive);
  const found = correlation(real(gradcam[predicted]!), real(maskedAlpha));
  return Number.isNaN(found) ? null : found;
}
