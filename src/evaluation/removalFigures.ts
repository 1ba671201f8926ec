import type { Estimate } from '../padding/audit.ts';
import { bootstrapMean, mean, percentileInterval } from '../padding/estimate.ts';
import type { Random } from '../random.ts';
import { area, at, type Curve, ERASER_SHARES, SHARES } from './curve.ts';
import type { MeanCurve, RemovalResult } from './evaluation.ts';
import type { InstanceCurves, RemovalPlan } from './removal.ts';

/** Means over instances with 95 % intervals; of one instance, the intervals are over the random orders. */
export function removalFigures(
  plan: Pick<RemovalPlan, 'replacement' | 'scope'>,
  all: readonly InstanceCurves[],
  random: Random,
): RemovalResult {
  const estimate = (of: (one: InstanceCurves) => number) => bootstrapMean(all.map(of), random);
  const areaOf = (curve: Curve, n: number) => area(curve.probability, n);
  const gone = SHARES.length - 1;
  return {
    ...plan,
    cells: mean(all.map(({ cells }) => cells)),
    deletion: meanCurve(all, ({ deletion }) => [deletion], random),
    insertion: meanCurve(all, ({ insertion }) => [insertion], random),
    random: meanCurve(all, (one) => one.random, random),
    deletionArea: estimate(({ deletion, cells }) => areaOf(deletion, cells)),
    insertionArea: estimate(({ insertion, cells }) => areaOf(insertion, cells)),
    randomArea: estimate((one) => randomArea(one, 'probability')),
    deletionGain: gain(all, 'deletion', 'probability', random),
    insertionGain: gain(all, 'insertion', 'probability', random),
    deletionGainLogit: gain(all, 'deletion', 'logit', random),
    insertionGainLogit: gain(all, 'insertion', 'logit', random),
    comprehensiveness: estimate(({ deletion }) => drop(deletion, 0)),
    sufficiency: estimate(({ insertion }) => drop(insertion, gone)),
    probabilityGone: estimate(({ deletion }) => deletion.probability[gone]!),
    better: better(all),
  };
}

/** DeYoung et al. 2020: mean over the ERASER shares of p(x) − p(x changed); `untouched` is where the curve has x itself. */
function drop({ probability }: Curve, untouched: number): number {
  return mean(ERASER_SHARES.map((share) => probability[untouched]! - at(probability, share)));
}

/** What the map's order is worth over a random one: how much lower its deletion area lies, or higher its insertion area. */
function gain(
  all: readonly InstanceCurves[],
  which: 'deletion' | 'insertion',
  unit: keyof Curve,
  random: Random,
): Estimate {
  const sign = which === 'deletion' ? -1 : 1;
  const of = (one: InstanceCurves, other: number) => sign * (area(one[which][unit], one.cells) - other);
  if (all.length > 1)
    return bootstrapMean(
      all.map((one) => of(one, randomArea(one, unit))),
      random,
    );
  const [only] = all;
  const gains = only!.random.map((curve) => of(only!, area(curve[unit], only!.cells)));
  let next = 0;
  return { value: mean(gains), interval: percentileInterval(gains.length, () => gains[next++]!), n: 1 };
}

function randomArea({ random, cells }: InstanceCurves, unit: keyof Curve): number {
  return mean(random.map((curve) => area(curve[unit], cells)));
}

/** Share of random orders, over all instances, whose deletion area lies above the map's; ties count half. */
function better(all: readonly InstanceCurves[]): number {
  const shares = all.map(({ deletion, random, cells }) => {
    const own = area(deletion.probability, cells);
    const beaten = random.map((curve) => {
      const other = area(curve.probability, cells);
      return other > own ? 1 : other === own ? 0.5 : 0;
    });
    return mean(beaten);
  });
  return mean(shares);
}

/** Of one instance the interval is over its curves, where it has several; else over instances. */
function meanCurve(
  all: readonly InstanceCurves[],
  curves: (one: InstanceCurves) => readonly Curve[],
  random: Random,
): MeanCurve {
  const points = SHARES.map((_, i) => {
    const values = all.map((one) => mean(curves(one).map(({ probability }) => probability[i]!)));
    if (all.length > 1) return bootstrapMean(values, random);
    const each = curves(all[0]!).map(({ probability }) => probability[i]!);
    let next = 0;
    return { value: mean(each), interval: percentileInterval(each.length, () => each[next++]!), n: 1 };
  });
  const logits = SHARES.map((_, i) =>
    mean(all.map((one) => mean(curves(one).map(({ logit }) => logit[i]!)))),
  );
  return {
    probability: points.map(({ value }) => value),
    low: points.map(({ interval }) => interval[0]),
    high: points.map(({ interval }) => interval[1]),
    logit: logits,
  };
}
