import { SWITCH_NAMES } from '../attribution/switches.ts';
import type {
  Evaluation,
  RandomisedStage,
  RemovalResult,
  TruthFigures,
  TruthScores,
} from '../evaluation/evaluation.ts';
import type { Estimate, Unavailable } from '../padding/audit.ts';

/**
 * An evaluation as plain JSON for scripts: snake_case names, estimates as `value`, `interval` (95 %) and `n`, and
 * `{ "unavailable": reason }` where a figure could not be had.
 */
export function evaluationJson(one: Evaluation): Record<string, unknown> {
  const { how } = one;
  return {
    ...{ method: how.method, layer: how.layer },
    ...Object.fromEntries(SWITCH_NAMES.map((name) => [snakeCase(name), how[name]])),
    ...{ n_instances: one.instances.length, n_available: one.of, class_names: one.classes },
    ...{ cells: one.cells, ranked_by: one.ranking, seed: one.seed },
    verdicts: one.verdicts,
    shares: one.shares,
    removal: one.removal.map(removalJson),
    padding: available(one.padding, (worth) => ({
      share_of_cells: worth.cells,
      share_of_top_10_percent: estimate(worth.inTop),
      fall_of_p_without_padding: Object.fromEntries(
        worth.drop.map(({ replacement, drop }) => [replacement, estimate(drop)]),
      ),
    })),
    randomisation: available(one.randomisation, ({ cascade, independent, draws, n }) => ({
      ...{ draws, n_instances: n },
      cascade: cascade.map(stageJson),
      independent: independent.map(stageJson),
    })),
    completeness: available(one.completeness, ({ identity, gap, largest, relative, tolerance }) => ({
      ...{ identity, gap: estimate(gap), largest_gap: largest, relative_gap: relative, tolerance },
    })),
    truth: available(one.truth, truthJson),
    instances: one.instances.map(({ id, index, length, target, probability }) => ({
      ...{ id, index, L: length, target, probability },
    })),
    ...(one.findings && { findings: one.findings }),
    provenance: one.provenance,
  };
}

function removalJson(result: RemovalResult): Record<string, unknown> {
  const { replacement, scope, cells, deletion, insertion, random, better } = result;
  return {
    ...{ replacement, scope: scope === 'real' ? 'real steps' : 'with padding', cells },
    ...{ deletion_curve: deletion, insertion_curve: insertion, random_curve: random },
    deletion_area: estimate(result.deletionArea),
    insertion_area: estimate(result.insertionArea),
    random_area: estimate(result.randomArea),
    deletion_gain: estimate(result.deletionGain),
    insertion_gain: estimate(result.insertionGain),
    deletion_gain_logit: estimate(result.deletionGainLogit),
    insertion_gain_logit: estimate(result.insertionGainLogit),
    comprehensiveness: estimate(result.comprehensiveness),
    sufficiency: estimate(result.sufficiency),
    p_with_all_cells_gone: estimate(result.probabilityGone),
    share_of_random_orders_beaten: better,
  };
}

function stageJson({ stage, above, correlation, signed, withPadding, constant }: RandomisedStage) {
  return {
    ...{ stage, above_the_layer: above, abs_rank_correlation: estimate(correlation) },
    ...{ rank_correlation: finite(signed), abs_rank_correlation_with_padding: finite(withPadding) },
    constant_maps: constant,
  };
}

function truthJson({ n, real, all, instances }: TruthScores) {
  return { n_instances: n, real_steps: figures(real), with_padding: figures(all), instances };
}

function figures(found: TruthFigures) {
  return {
    ...{ pointing: estimate(found.pointing), pointing_chance: found.pointingChance },
    pointing_feature: found.pointingFeature && estimate(found.pointingFeature),
    pointing_feature_chance: found.pointingFeatureChance,
    ...{ pointing_step: estimate(found.pointingStep), pointing_step_chance: found.pointingStepChance },
    ...{ aup: estimate(found.aup), aup_chance: found.aupChance },
    ...{ aur: estimate(found.aur), aur_chance: found.aurChance },
    average_precision: estimate(found.averagePrecision),
  };
}

function estimate({ value, interval, n }: Estimate) {
  return { value: finite(value), interval: interval.map(finite), n };
}

/** JSON has no number for what is none. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function available<T extends object, R>(value: T | Unavailable, of: (known: T) => R): R | Unavailable {
  return 'unavailable' in value ? value : of(value as T);
}

/** `maskedAlpha` → `masked_alpha`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
