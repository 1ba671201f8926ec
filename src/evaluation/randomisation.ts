import type { Raster } from '../attribution/explanation.ts';
import { mean, percentileInterval } from '../padding/estimate.ts';
import type { ReportProgress } from '../progress.ts';
import type { Random } from '../random.ts';
import { cellsOf, type RankedBy, type Scope } from './cells.ts';
import type { Randomisation, RandomisedStage } from './evaluation.ts';
import type { EvaluationModel, WeightStage } from './evaluationModel.ts';
import type { ExplainedCase } from './explainedCase.ts';
import { spearman } from './spearman.ts';

const REPEATS = 1000;

interface RandomisationSettings {
  readonly features: number;
  readonly ranking: RankedBy;
  readonly draws: number;
  /** The last step of the cascade alone. */
  readonly allWeightsOnly?: boolean;
}

/**
 * The model-parameter-randomisation check of Adebayo et al. 2018, "Sanity Checks for Saliency Maps": weights are drawn
 * anew from the logits back (cascade) and stage by stage (independent), and the map of the same class is ranked against
 * the untouched one. A map that keeps its ranks does not show what was learned.
 */
export async function randomisation(
  cases: readonly ExplainedCase[],
  model: EvaluationModel,
  settings: RandomisationSettings,
  random: Random,
  report: ReportProgress,
): Promise<Randomisation> {
  const { draws } = settings;
  const { stages } = model;
  const fromLogits = stages.map((_, k) => stages.map((_, i) => i).slice(stages.length - 1 - k));
  // As the model gives them before any ReLU, so that a head that turns the sign shows as −1.
  const untouched = await model.randomisedMaps(cases, [], 0);
  const all = settings.allWeightsOnly
    ? [{ set: fromLogits.at(-1)!, named: 0, kind: 'cascade' as const }]
    : [
        ...fromLogits.map((set) => ({ set, named: set[0]!, kind: 'cascade' as const })),
        ...[...stages.keys()].reverse().map((i) => ({ set: [i], named: i, kind: 'independent' as const })),
      ];
  const found = { cascade: [] as RandomisedStage[], independent: [] as RandomisedStage[] };
  let first: Correlations | undefined;
  for (const [done, { set, named, kind }] of all.entries()) {
    // The last stage alone is the first step of the cascade.
    const same = kind === 'independent' && named === stages.length - 1 ? first : undefined;
    const correlations = same ?? emptyCorrelations();
    for (let draw = 0; draw < (same ? 0 : draws); draw++) {
      report((done + draw / draws) / all.length, 'Drawing weights anew');
      const maps = await model.randomisedMaps(cases, set, draw);
      compare(correlations, cases, untouched, maps, settings);
    }
    first ??= correlations;
    found[kind].push(stageOf(stages[named]!, correlations, cases.length, random));
  }
  return { ...found, draws, n: cases.length };
}

/** [draw][case]; NaN where a map is constant. */
interface Correlations {
  readonly real: number[][];
  readonly all: number[][];
}

function emptyCorrelations(): Correlations {
  return { real: [], all: [] };
}

function compare(
  into: Correlations,
  cases: readonly ExplainedCase[],
  untouched: readonly Raster[],
  maps: readonly Raster[],
  { features, ranking }: { readonly features: number; readonly ranking: RankedBy },
): void {
  const over = (scope: Scope) =>
    cases.map(({ mask }, i) =>
      spearman(
        cellsOf(untouched[i]!, features, mask, scope, ranking).scores,
        cellsOf(maps[i]!, features, mask, scope, ranking).scores,
      ),
    );
  into.real.push(over('real'));
  into.all.push(over('all'));
}

function stageOf(
  { name, above }: WeightStage,
  { real, all }: Correlations,
  n: number,
  random: Random,
): RandomisedStage {
  const known = real.flat().filter((value) => !Number.isNaN(value));
  const sizes = real.map((draw) => draw.map(Math.abs));
  return {
    stage: name,
    above,
    correlation: { value: meanKnown(sizes.flat()), interval: overBoth(sizes, n, random), n },
    signed: meanKnown(known),
    withPadding: meanKnown(all.flat().map(Math.abs)),
    constant: real.flat().length - known.length,
  };
}

/**
 * The mean's 95 % interval over the luck of the instances and of the draws: both are resampled (pigeonhole bootstrap,
 * Owen 2007), because all instances share a draw's weights.
 */
function overBoth(
  values: readonly (readonly number[])[],
  n: number,
  random: Random,
): readonly [number, number] {
  const draws = values.length;
  return percentileInterval(REPEATS, () => {
    const chosen = Int32Array.from({ length: n }, () => random.integer(n));
    let [sum, count] = [0, 0];
    for (let d = 0; d < draws; d++) {
      const row = values[random.integer(draws)]!;
      for (const i of chosen) {
        if (Number.isNaN(row[i]!)) continue;
        sum += row[i]!;
        count++;
      }
    }
    return sum / count;
  });
}

function meanKnown(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}
