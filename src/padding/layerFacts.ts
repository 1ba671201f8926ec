import type { Zone } from '../attribution/explanation.ts';
import type { LayerFacts, ZoneShare } from './audit.ts';
import { mean } from './estimate.ts';
import {
  alphaPollution,
  degeneracy,
  type InstanceMaps,
  plateau,
  positive,
  timeProfile,
  zoneMass,
} from './mapFacts.ts';
import { THRESHOLDS } from './thresholds.ts';

const ZONES: readonly Zone[] = ['REAL', 'MIXED', 'EMPTY'];

/** What a layer's maps do on padding, over the audited instances. */
export function layerFacts(layer: string, maps: readonly InstanceMaps[], bottleneck: boolean): LayerFacts {
  const share = (profileOf: (maps: InstanceMaps) => Float64Array): ZoneShare => {
    const masses = maps.map((one) => zoneMass(profileOf(one), one.zones));
    const lit = masses.filter((mass) => mass !== null);
    return { ...averaged(lit), maps: lit.length, allZero: masses.length - lit.length };
  };
  const plateaus = maps.flatMap((one) => plateau(relu(one), one.zones) ?? []);
  const pollution = maps.flatMap((one) => alphaPollution(one) ?? []);
  return {
    layer,
    positions: averaged(maps.map(({ zones }) => countShares(zones))),
    zoneShare: {
      gradcam_relu: share(relu),
      gradcam_abs: share((one) => timeProfile(one.gradcam[one.predicted]!, one.rows, Math.abs)),
      hirescam_pos: share((one) => timeProfile(one.hirescam, one.rows, positive)),
    },
    plateau: plateaus.length
      ? {
          stdOverMax: Math.max(...plateaus.map((one) => one.stdOverMax)),
          levelOverMax: mean(plateaus.map((one) => one.levelOverMax)),
          n: plateaus.length,
        }
      : null,
    degeneracy: degeneracyOf(maps, bottleneck),
    alphaPollution: pollution.length ? summary(pollution) : null,
  };
}

function relu({ gradcam, predicted, rows }: InstanceMaps): Float64Array {
  return timeProfile(gradcam[predicted]!, rows, positive);
}

function degeneracyOf(maps: readonly InstanceMaps[], bottleneck: boolean): LayerFacts['degeneracy'] {
  const found = maps.flatMap((one) => degeneracy(one) ?? []);
  if (found.length === 0) return { mean: Number.NaN, min: Number.NaN, n: 0, cause: 'none' };
  const figures = summary(found);
  const same = figures.mean > THRESHOLDS.sameMap;
  const twoClass = maps[0]!.gradcam.length === 2;
  return { ...figures, cause: same && bottleneck ? 'structural' : same && twoClass ? 'two-class' : 'none' };
}

function summary(values: readonly number[]) {
  return { mean: mean(values), min: Math.min(...values), n: values.length };
}

function countShares(zones: readonly Zone[]): Record<Zone, number> {
  const share = (zone: Zone) => zones.filter((one) => one === zone).length / zones.length;
  return { REAL: share('REAL'), MIXED: share('MIXED'), EMPTY: share('EMPTY') };
}

/** Zone by zone mean; NaN everywhere for no instances. */
function averaged(shares: readonly Readonly<Record<Zone, number>>[]): Record<Zone, number> {
  const [REAL, MIXED, EMPTY] = ZONES.map((zone) => mean(shares.map((share) => share[zone])));
  return { REAL: REAL!, MIXED: MIXED!, EMPTY: EMPTY! };
}
