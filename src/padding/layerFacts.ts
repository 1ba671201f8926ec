import type { Zone } from '../attribution/explanation.ts';
import type { LayerFacts, ZoneShare } from './audit.ts';
import { mean } from './estimate.ts';
import type { InstanceFacts } from './instanceFacts.ts';
import { THRESHOLDS } from './thresholds.ts';

const ZONES: readonly Zone[] = ['REAL', 'MIXED', 'EMPTY'];

/** What a layer's maps do on padding, over the audited instances. */
export function layerFacts(
  layer: string,
  instances: readonly InstanceFacts[],
  bottleneck: boolean,
): LayerFacts {
  const share = (map: 'gradcamRelu' | 'gradcamAbs' | 'hirescamPos'): ZoneShare => {
    const lit = instances.map((one) => one[map]).filter((mass) => mass !== null);
    return { ...averaged(lit), maps: lit.length, allZero: instances.length - lit.length };
  };
  const plateaus = instances.flatMap((one) => one.plateau ?? []);
  const pollution = instances.flatMap((one) => one.alphaPollution ?? []);
  return {
    layer,
    positions: averaged(instances.map(({ positions }) => positions)),
    zoneShare: {
      gradcam_relu: share('gradcamRelu'),
      gradcam_abs: share('gradcamAbs'),
      hirescam_pos: share('hirescamPos'),
    },
    plateau: plateaus.length
      ? {
          stdOverMax: plateaus.reduce((most, one) => Math.max(most, one.stdOverMax), 0),
          levelOverMax: mean(plateaus.map((one) => one.levelOverMax)),
          n: plateaus.length,
        }
      : null,
    degeneracy: degeneracyOf(instances, bottleneck),
    alphaPollution: pollution.length ? summary(pollution) : null,
  };
}

function degeneracyOf(instances: readonly InstanceFacts[], bottleneck: boolean): LayerFacts['degeneracy'] {
  const found = instances.flatMap((one) => one.degeneracy ?? []);
  if (found.length === 0) return { mean: Number.NaN, min: Number.NaN, n: 0, cause: 'none' };
  const figures = summary(found);
  const same = figures.mean > THRESHOLDS.sameMap;
  const twoClass = instances[0]!.classes === 2;
  return { ...figures, cause: same && bottleneck ? 'structural' : same && twoClass ? 'two-class' : 'none' };
}

function summary(values: readonly number[]) {
  return {
    mean: mean(values),
    min: values.reduce((least, value) => Math.min(least, value)),
    n: values.length,
  };
}

/** Zone by zone mean; NaN everywhere for no instances. */
function averaged(shares: readonly Readonly<Record<Zone, number>>[]): Record<Zone, number> {
  const [REAL, MIXED, EMPTY] = ZONES.map((zone) => mean(shares.map((share) => share[zone])));
  return { REAL: REAL!, MIXED: MIXED!, EMPTY: EMPTY! };
}
