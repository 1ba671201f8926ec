import type {
  Audit,
  CarrierResult,
  Estimate,
  LayerFacts,
  Unavailable,
  ValuesAudit,
} from '../padding/audit.ts';

/**
 * The audit as plain JSON for scripts: snake_case names, rates as numbers with their interval beside them
 * (`flip_rate`, `flip_rate_interval`), null with a reason where a figure could not be had.
 */
export function auditJson(audit: Audit): Record<string, unknown> {
  return {
    model: audit.provenance.model,
    n_instances: audit.instances.length,
    ...(audit.values
      ? { task: 'regression', outputs: audit.classes }
      : {
          n_classes: audit.classes.length,
          class_names: audit.classes,
          chance: audit.chance,
          ...namedOrNull('balanced_accuracy', audit.balancedAccuracy),
          ...namedOrNull('accuracy', audit.accuracy),
        }),
    pad_side: audit.padSide,
    T: audit.steps,
    ...(!audit.values && {
      predicted: audit.instances.map((one) => one.predicted),
      prob_predicted: audit.instances.map((one) => one.probability),
    }),
    instances: audit.instances.map((one, i) => ({
      id: one.id,
      index: one.index,
      L: one.length,
      ...(audit.values
        ? { output: one.predicted, value: audit.values.answers[i] }
        : { label: one.label, predicted: one.predicted, probability: one.probability }),
      padding_share: one.paddingShare,
      ...(!audit.values && { flips: one.flips }),
    })),
    maps: Object.fromEntries(audit.maps.map((facts) => [facts.layer, layerJson(facts)])),
    exact_logit_split_last_conv: splitJson(audit),
    carrier: Object.fromEntries(audit.carrier.map((result) => [result.intervention, carrierJson(result)])),
    length_sweep: available(audit.lengthSweep, (sweep) =>
      sweep.map((point) => ({ T: point.steps, ...named('probability', point.probability) })),
    ),
    length_evidence: available(audit.lengthEvidence, (evidence) => ({
      labelled: evidence.labelled,
      permutations: evidence.permutations,
      placebo: evidence.placebo,
      transport_share: evidence.transportShare,
      ways: evidence.ways,
      split_from_carrier: evidence.splitFromCarrier,
      content_swapped: {
        balanced_accuracy: estimateJson(evidence.contentSwapped),
        LEI: estimateJson(evidence.lei),
        LEI_one_sided_bounds: [evidence.atLeast, evidence.atMost],
      },
      length_swapped: { flip_rate: estimateJson(evidence.lengthSwapped) },
      resample_control: { flip_rate: estimateJson(evidence.resampleControl) },
      excess_flip_rate: estimateJson(evidence.excessFlips),
    })),
    length_response: available(audit.lengthResponse, (response) => ({
      ...estimateJson(response.change),
      class: audit.classes[response.class] ?? String(response.class),
      rises: response.rises,
    })),
    carrier_evidence: {
      value: available(audit.carrierEvidence.value, estimateJson),
      side: available(audit.carrierEvidence.side, estimateJson),
    },
    length_only_baseline: available(audit.lengthOnlyBaseline, (baseline) => ({
      ...named('decision_tree_depth3', baseline.tree),
      chance: baseline.chance,
      tree_permutation_p: baseline.p,
      n: baseline.tree.n,
    })),
    masked: available(audit.masked, (run) => ({
      ...named('mean_abs_dlogit', run.meanAbsDlogit),
      ...named('mean_abs_dp', run.meanAbsDp),
      ...named('flip_rate', run.flipRate),
    })),
    ...(audit.values && { values: valuesJson(audit.values) }),
    preprocessing: audit.preprocessing,
    verdicts: audit.verdicts,
    advice: audit.advice,
    seed: audit.seed,
    provenance: audit.provenance,
  };
}

function valuesJson({ output, answers, sd, changes, leftOut }: ValuesAudit): Record<string, unknown> {
  return {
    output,
    answers: [...answers],
    sd,
    changes: Object.fromEntries(
      changes.map((change) => [
        change.intervention,
        available(change, (figures) => ({
          ...named('mean_abs_dy', figures.meanAbs),
          ...named('mean_dy', figures.mean),
          mean_abs_dy_in_sd: figures.inSd,
          worst: figures.worst,
        })),
      ]),
    ),
    left_out: leftOut,
  };
}

function layerJson(facts: LayerFacts): Record<string, unknown> {
  return {
    positions_share: facts.positions,
    zone_share: Object.fromEntries(
      Object.entries(facts.zoneShare).map(([map, { maps, allZero, ...zones }]) => [
        map,
        { ...zones, n_maps: maps, n_all_zero: allZero },
      ]),
    ),
    plateau_std_over_max: facts.plateau && {
      relu: facts.plateau.stdOverMax,
      level_over_max_mean: facts.plateau.levelOverMax,
      n: facts.plateau.n,
    },
    class_degeneracy_abs_corr: facts.degeneracy,
    alpha_pollution_corr_real_steps: facts.alphaPollution,
  };
}

function splitJson({ logitSplit }: Audit): Record<string, unknown> {
  return available(logitSplit, (split) => {
    const average = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      layer: split.layer,
      pad_mean: average(split.padding),
      real_mean: average(split.real),
      bias_mean: average(split.bias),
      abs_pad_share_mean: split.paddingShare.value,
      abs_pad_share_interval: split.paddingShare.interval,
      max_abs_gap: split.maxGap,
      pad: [...split.padding],
      real: [...split.real],
      bias: [...split.bias],
    };
  });
}

function carrierJson(result: CarrierResult): Record<string, unknown> {
  return available(result, (figures) => ({
    ...named('flip_rate', figures.flipRate),
    ...named('mean_abs_dp', figures.meanAbsDp),
    ...namedOrNull('balanced_accuracy', figures.balancedAccuracy),
    worst: figures.worst,
    flipped: [...figures.flipped],
  }));
}

function estimateJson({ value, interval, n }: Estimate): Record<string, unknown> {
  return { mean: value, interval, n };
}

function named(name: string, { value, interval }: Estimate): Record<string, unknown> {
  return { [name]: value, [`${name}_interval`]: interval };
}

function namedOrNull(name: string, estimate: Estimate | null): Record<string, unknown> {
  return estimate ? named(name, estimate) : { [name]: null };
}

function available<T extends object, R>(
  value: T,
  json: (value: Exclude<T, Unavailable>) => R,
): R | { unavailable: string } {
  return 'unavailable' in value
    ? { unavailable: value.unavailable as string }
    : json(value as Exclude<T, Unavailable>);
}
