import { bootstrapMean, mean, wilsonRate } from '../padding/estimate.ts';
import type { Random } from '../random.ts';
import { type Cells, cellsOf, isByFeature, type RankedBy, type Scope } from './cells.ts';
import type { InstanceTruth, TruthFigures, TruthScores } from './evaluation.ts';
import type { ExplainedCase } from './explainedCase.ts';
import { averagePrecision, pointing, precisionRecallAreas, rankedCells } from './saliencyScores.ts';

/** Shuffles of the map's values that give the level of chance. */
const SHUFFLES = 10;

/**
 * @param truth per case [F, T] 1 on salient cells; null where the truth says nothing of it
 * @returns null where no case has a salient cell
 */
export function truthScores(
  cases: readonly ExplainedCase[],
  truth: readonly (Uint8Array | null)[],
  features: number,
  ranking: RankedBy,
  random: Random,
): TruthScores | null {
  const known = cases.flatMap((one, i) => (truth[i]?.includes(1) ? [{ one, salient: truth[i]! }] : []));
  if (known.length === 0) return null;
  const judged = (scope: Scope) =>
    known.map(({ one, salient }) => {
      const cells = cellsOf(one.map, features, one.mask, scope, ranking);
      return judge(one.id, cells, truthOf(cells, salient, features, one.mask.length), random);
    });
  const real = judged('real');
  const byFeature = isByFeature(known[0]!.one.map, features);
  return {
    n: known.length,
    real: figures(real, byFeature, random),
    all: figures(judged('all'), byFeature, random),
    instances: real.map(({ instance }) => instance),
  };
}

interface Judged {
  readonly instance: InstanceTruth;
  readonly feature: number;
  readonly step: number;
  readonly chance: Readonly<Record<'pointing' | 'feature' | 'step' | 'aup' | 'aur', number>>;
}

/** [n] 1 where the cell, or one of the features of a step, is salient. */
function truthOf(cells: Cells, salient: Uint8Array, features: number, steps: number): Uint8Array {
  return Uint8Array.from(cells.step, (t, cell) => {
    const f = cells.feature[cell]!;
    if (f >= 0) return salient[f * steps + t]!;
    for (let feature = 0; feature < features; feature++) if (salient[feature * steps + t]) return 1;
    return 0;
  });
}

/** [n] 1 where another cell of the same feature (or step) is salient. */
function sameIn(of: Int32Array, truth: Uint8Array): Uint8Array {
  const salient = new Set(of.filter((_, cell) => truth[cell] === 1));
  return Uint8Array.from(of, (which) => (salient.has(which) ? 1 : 0));
}

function judge(id: string, cells: Cells, truth: Uint8Array, random: Random): Judged {
  const { scores } = cells;
  const features = sameIn(cells.feature, truth);
  const steps = sameIn(cells.step, truth);
  const ranked = rankedCells(scores, truth);
  const areas = precisionRecallAreas(ranked);
  const shuffled = Array.from({ length: SHUFFLES }, () => {
    const places = random.permutation(scores.length);
    return precisionRecallAreas({ ...ranked, truth: Uint8Array.from(places, (cell) => truth[cell]!) });
  });
  return {
    instance: {
      id,
      pointing: pointing(ranked),
      aup: areas?.aup ?? null,
      aur: areas?.aur ?? null,
      averagePrecision: averagePrecision(ranked),
    },
    feature: pointing(rankedCells(scores, features)),
    step: pointing(rankedCells(scores, steps)),
    chance: {
      pointing: mean(truth),
      feature: mean(features),
      step: mean(steps),
      aup: mean(shuffled.map((one) => one?.aup ?? 0)),
      aur: mean(shuffled.map((one) => one?.aur ?? 0)),
    },
  };
}

function figures(judged: readonly Judged[], byFeature: boolean, random: Random): TruthFigures {
  // A flat map says nothing of any cell: it neither finds nor recalls.
  const estimate = (of: (one: InstanceTruth) => number | null) =>
    bootstrapMean(
      judged.map(({ instance }) => of(instance) ?? 0),
      random,
    );
  const rate = (of: (one: Judged) => number) => wilsonRate(mean(judged.map(of)), judged.length);
  return {
    pointing: rate(({ instance }) => instance.pointing),
    pointingChance: mean(judged.map(({ chance }) => chance.pointing)),
    pointingFeature: byFeature ? rate(({ feature }) => feature) : null,
    pointingFeatureChance: mean(judged.map(({ chance }) => chance.feature)),
    pointingStep: rate(({ step }) => step),
    pointingStepChance: mean(judged.map(({ chance }) => chance.step)),
    aup: estimate((one) => one.aup),
    aur: estimate((one) => one.aur),
    aupChance: mean(judged.map(({ chance }) => chance.aup)),
    aurChance: mean(judged.map(({ chance }) => chance.aur)),
    averagePrecision: estimate((one) => one.averagePrecision),
  };
}
