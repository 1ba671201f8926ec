import type { Zone } from '../attribution/explanation.ts';
import {
  alphaPollution,
  degeneracy,
  type InstanceMaps,
  plateau,
  positive,
  timeProfile,
  zoneMass,
} from './mapFacts.ts';

type PerZone = Readonly<Record<Zone, number>>;

/** What is kept of one instance's maps at one layer. */
export interface InstanceFacts {
  /** Share of positions per zone. */
  readonly positions: PerZone;
  /** Share of the mass per zone by map; null for an all-zero one. */
  readonly gradcamRelu: PerZone | null;
  readonly gradcamAbs: PerZone | null;
  readonly hirescamPos: PerZone | null;
  readonly plateau: ReturnType<typeof plateau>;
  readonly degeneracy: number | null;
  readonly alphaPollution: number | null;
  readonly classes: number;
}

/** Shares of one instance's maps per zone. */
export function instanceFacts(maps: InstanceMaps): InstanceFacts {
  const { gradcam, hirescam, predicted, rows, zones } = maps;
  const own = gradcam[predicted]!;
  const relu = timeProfile(own, rows, positive);
  return {
    positions: countShares(zones),
    gradcamRelu: zoneMass(relu, zones),
    gradcamAbs: zoneMass(timeProfile(own, rows, Math.abs), zones),
    hirescamPos: zoneMass(timeProfile(hirescam, rows, positive), zones),
    plateau: plateau(relu, zones),
    degeneracy: degeneracy(maps),
    alphaPollution: alphaPollution(maps),
    classes: gradcam.length,
  };
}

function countShares(zones: readonly Zone[]): PerZone {
  const count = { REAL: 0, MIXED: 0, EMPTY: 0 };
  for (const zone of zones) count[zone]++;
  const all = zones.length;
  return { REAL: count.REAL / all, MIXED: count.MIXED / all, EMPTY: count.EMPTY / all };
}
