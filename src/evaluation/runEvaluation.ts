import type { Provenance } from '../attribution/explanation.ts';
import type { FullHow } from '../attribution/how.ts';
import type { ChannelUnits } from '../padding/refill.ts';
import type { InputShape } from '../preprocess/case.ts';
import type { ReportProgress } from '../progress.ts';
import { createRandom, drawnOf, type Random } from '../random.ts';
import { Refusal } from '../refusal.ts';
import { isByFeature, type RankedBy } from './cells.ts';
import { completenessOf } from './completeness.ts';
import { SHARES } from './curve.ts';
import type { Evaluation, RemovalResult } from './evaluation.ts';
import type { EvaluationModel } from './evaluationModel.ts';
import type { ExplainedCase } from './explainedCase.ts';
import { truthScores } from './groundTruth.ts';
import { paddingWorth } from './paddingWorth.ts';
import { randomisation } from './randomisation.ts';
import { removalCurves } from './removal.ts';
import { removalFigures } from './removalFigures.ts';
import type { CellReplacement } from './replacement.ts';
import { evaluationVerdicts } from './verdicts.ts';

/** What is judged, and with how much work. */
export interface EvaluationOrder {
  readonly cases: readonly ExplainedCase[];
  /** How many there were to choose from. */
  readonly of: number;
  readonly shape: InputShape;
  readonly units: Pick<ChannelUnits, 'mean' | 'sd'>;
  readonly classes: readonly string[];
  readonly how: FullHow;
  readonly methodLabel: string;
  readonly ranking: RankedBy;
  /** A convolution to one channel follows the layer, so that all classes share one map. */
  readonly bottleneck: boolean;
  readonly replacements: readonly CellReplacement[];
  /** Per case [F, T] 1 on salient cells, null where nothing is said of it; null: none was given; a text: why not. */
  readonly truth: readonly (Uint8Array | null)[] | string | null;
  /** The method takes many runs of the model for one map. */
  readonly slow: boolean;
  readonly draws?: number;
  readonly allWeightsOnly?: boolean;
  readonly seed: number;
  readonly provenance: Provenance;
}

/** Random orders per instance: many for one instance, whose interval they are. */
const ORDERS = { one: 40, many: 5 };
/** Draws of new weights, and instances they are tried on; fewer for a method that takes many runs for one map. */
const DRAWS = { one: 10, many: 5, slow: 2 };
const REDRAWN_INSTANCES = { quick: 20, slow: 8 };

/**
 * Judges a map. Deterministic for a seed: each part draws from a source of its own, so that adding a part moves no other
 * figure.
 */
export async function runEvaluation(
  order: EvaluationOrder,
  model: EvaluationModel,
  report: ReportProgress,
): Promise<Evaluation> {
  const { cases, shape, units, ranking, replacements, seed } = order;
  const random = (part: number) => createRandom(seed * 64 + 32 + part);
  const one = cases.length === 1;
  const padded = cases.some(({ length }) => length < shape.steps);
  const scopes = padded ? (['real', 'all'] as const) : (['real'] as const);
  const removal: RemovalResult[] = [];
  const sets = scopes.flatMap((scope) => replacements.map((replacement) => ({ scope, replacement })));
  for (const [i, { scope, replacement }] of sets.entries()) {
    report((0.6 * i) / sets.length, 'Taking cells away');
    const plan = { replacement, scope, ranking, orders: one ? ORDERS.one : ORDERS.many };
    // One source for every set: the same random orders under each replacement.
    const curves = await removalCurves(cases, shape, units, plan, model.ask, random(1));
    removal.push(removalFigures({ scope, replacement }, curves, random(2)));
  }
  report(0.6, 'Taking the padding away');
  const padding = await paddingWorth(cases, shape, units, order, model, random(3));
  // Who says how many draws has the time.
  const slow = order.slow && order.draws === undefined;
  const few = sample(cases, slow ? REDRAWN_INSTANCES.slow : REDRAWN_INSTANCES.quick, random(7));
  const settings = {
    allWeightsOnly: order.allWeightsOnly,
    features: shape.features,
    ranking,
    draws: order.draws ?? (slow ? DRAWS.slow : one ? DRAWS.one : DRAWS.many),
  };
  const randomised = await orUnavailable(() => {
    if (model.stages.length === 0) {
      throw new Refusal('no-weights', 'The model has no layer whose weights could be drawn anew.');
    }
    return randomisation(few, model, settings, random(4), (share, what) => report(0.65 + 0.25 * share, what));
  });
  report(0.9, 'Adding the map up');
  const check = await model.completeness(cases);
  const completeness = typeof check === 'string' ? { unavailable: check } : completenessOf(check, random(5));
  const { truth } = order;
  const scores =
    truth === null || typeof truth === 'string'
      ? { unavailable: truth ?? NO_TRUTH }
      : (truthScores(cases, truth, shape.features, ranking, random(6)) ?? { unavailable: NO_SALIENT });
  const found = {
    removal,
    randomisation: randomised,
    completeness,
    truth: scores,
  };
  report(1, 'Done');
  const { how, methodLabel, of, classes, provenance } = order;
  return {
    ...{ how, methodLabel, of, classes, ranking, seed, provenance },
    instances: cases.map(({ id, index, length, target, probability }) => ({
      ...{ id, index, length, target, probability },
    })),
    cells: isByFeature(cases[0]!.map, shape.features) ? 'feature × step' : 'step',
    shares: SHARES,
    padding,
    ...found,
    verdicts: evaluationVerdicts(found, cases.length, order.bottleneck),
  };
}

const NO_TRUTH =
  'No file says which cells make the class: with a ground_truth.json (--truth FILE.json on the command line) the map is scored against them.';
const NO_SALIENT = 'The truth names no salient cell in any of these instances.';

/** Drawn by chance: files are sorted by class, or their classes take turns. */
export function sample<T>(all: readonly T[], most: number, random: Random): readonly T[] {
  if (all.length <= most) return all;
  return Array.from(drawnOf(all.length, most, random), (position) => all[position]!);
}

async function orUnavailable<T>(make: () => Promise<T>): Promise<T | { readonly unavailable: string }> {
  try {
    return await make();
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    return { unavailable: reason.message };
  }
}
