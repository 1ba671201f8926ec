import type {
  Audit,
  CarrierFigures,
  CarrierResult,
  LayerFacts,
  LengthEvidence,
  Unavailable,
  Verdict,
} from './audit.ts';
import { THRESHOLDS } from './thresholds.ts';
import { interval, joined, percent } from './wording.ts';

const NONE_PADDED = 'No instance is padded';

/** Is the shine on padding explained by how the map is made? `facts` are of the layer looked at. */
export function mapArtefact(facts: LayerFacts | undefined, instances: number, padded = instances): Verdict {
  if (padded === 0) return cannotTell(`${NONE_PADDED}, so no map lies on padding.`, { instances });
  if (!facts)
    return cannotTell(
      'Every position of this layer reads the whole series, so it cannot show where padding acts: pick an earlier layer or occlusion.',
    );
  const share = facts.zoneShare.gradcam_abs!;
  const padding = share.MIXED + share.EMPTY;
  if (!Number.isFinite(padding))
    return cannotTell('Every map is zero at this layer: pick another layer or class.', { instances });
  const numbers = { mixed: share.MIXED, empty: share.EMPTY, padding, instances, ...plateauNumbers(facts) };
  const parts = `At ${facts.layer} ${percent(padding)} of the map (without ReLU) lies on padding: ${percent(share.MIXED)} reads real steps`;
  if (facts.positions.EMPTY === 0 || share.EMPTY <= THRESHOLDS.unexplainedMass) {
    return { answer: 'explained', reason: `${parts}, ${percent(share.EMPTY)} reads padding only.`, numbers };
  }
  if (!facts.plateau)
    return cannotTell(`${parts}; too few positions read padding only to see whether they are flat.`, numbers);
  if (facts.plateau.stdOverMax <= THRESHOLDS.flatPlateau) {
    return {
      answer: 'explained',
      reason: `${parts}, ${percent(share.EMPTY)} is a flat plateau that bias and normalisation leave on empty input.`,
      numbers,
    };
  }
  return {
    answer: 'not explained',
    reason: `${parts}, and ${percent(share.EMPTY)} lies where only padding is read without being flat (sd ${percent(facts.plateau.stdOverMax)} of the maximum).`,
    numbers,
  };
}

function plateauNumbers({ plateau }: LayerFacts): Record<string, number> {
  return plateau ? { plateauStdOverMax: plateau.stdOverMax, plateauLevelOverMax: plateau.levelOverMax } : {};
}

/** Does the answer break when padding merely looks different? Judged by the worst intervention with its interval. */
export function carrierDependence(
  results: readonly CarrierResult[],
  instances: number,
  padded: number,
): Verdict {
  if (padded === 0)
    return cannotTell(`${NONE_PADDED}, so there is no padding that could look different.`, { instances });
  const known = results.filter((result): result is CarrierFigures => !('unavailable' in result));
  if (known.length === 0) return cannotTell('No intervention could be run on this model.', { instances });
  const worst = known.reduce((a, b) => (b.flipRate.value > a.flipRate.value ? b : a));
  const { value, interval: range } = worst.flipRate;
  const numbers = { worstFlipRate: value, low: range[0], high: range[1], instances };
  if (instances === 1) return cannotTell(ofOne(known), numbers);
  const flips =
    value === 0
      ? `None of ${instances} answers flips under any change of the padding`
      : `${percent(value)} of ${instances} answers flip under ${interventionName(worst.intervention)}, the worst change of the padding`;
  const said = `${flips} (95 % interval ${interval(range, percent)})`;
  if (instances < THRESHOLDS.fewestInstances) {
    return cannotTell(`${said}; a rate needs at least ${THRESHOLDS.fewestInstances} instances.`, numbers);
  }
  if (range[0] > THRESHOLDS.fragileFlips)
    return {
      answer: 'FRAGILE',
      reason: `${said}. It is fragility to unfamiliar padding, not use of length.`,
      numbers,
    };
  if (range[1] < THRESHOLDS.fragileFlips) return { answer: 'robust', reason: `${said}.`, numbers };
  return cannotTell(
    `${said}, which straddles ${percent(THRESHOLDS.fragileFlips)}: more instances would tell.`,
    numbers,
  );
}

/** One answer flips or holds; how often that happens is another question. */
function ofOne(known: readonly CarrierFigures[]): string {
  const flips = known.filter(({ flipped }) => flipped[0]);
  const names = joined(flips.map(({ intervention }) => interventionName(intervention)));
  const said =
    flips.length === 0
      ? `This answer holds under all ${known.length} changes of the padding`
      : `This answer flips under ${flips.length} of ${known.length} changes of the padding (${names})`;
  return `${said}; how often answers flip takes at least ${THRESHOLDS.fewestInstances} instances.`;
}

/** Does the model read the class off the length? */
export function lengthVerdict(evidence: LengthEvidence | Unavailable): Verdict {
  if ('unavailable' in evidence) return cannotTell(evidence.unavailable);
  const { value, interval: range, n } = evidence.lei;
  const numbers = { lei: value, low: range[0], high: range[1], instances: n };
  const basis = evidence.labelled
    ? ''
    : " It is measured on the model's own answers; labels would show how much of its accuracy is length.";
  const kept = percent(Math.max(0, Math.min(1, value)));
  const said = `With content swapped and length kept, ${kept} of the ${evidence.labelled ? 'accuracy' : 'agreement'} above chance survives: LEI ${value.toFixed(2)} ${interval(range, (v) => v.toFixed(2))} on ${n} instances.${basis}`;
  if (value > THRESHOLDS.leiYes && range[0] > THRESHOLDS.leiNo)
    return { answer: 'YES', reason: said, numbers };
  if (value < THRESHOLDS.leiNo && range[1] < THRESHOLDS.leiYes)
    return { answer: 'no', reason: said, numbers };
  if (range[0] >= THRESHOLDS.leiNo && range[1] <= THRESHOLDS.leiYes)
    return { answer: 'unclear', reason: said, numbers };
  return cannotTell(
    `${said} The interval straddles ${THRESHOLDS.leiNo}–${THRESHOLDS.leiYes}: more instances would tell.`,
    numbers,
  );
}

export function verdictsOf(audit: {
  readonly layer: LayerFacts | undefined;
  readonly carrier: readonly CarrierResult[];
  readonly lengthEvidence: LengthEvidence | Unavailable;
  readonly instances: number;
  readonly padded: number;
}): Audit['verdicts'] {
  return {
    mapArtefact: mapArtefact(audit.layer, audit.instances, audit.padded),
    carrierDependence: carrierDependence(audit.carrier, audit.instances, audit.padded),
    lengthEvidence: lengthVerdict(audit.lengthEvidence),
  };
}

function cannotTell(reason: string, numbers: Record<string, number> = {}): Verdict {
  return { answer: 'cannot tell', reason, numbers };
}

const NAMES: Readonly<Record<string, string>> = {
  truncate: 'truncation',
  channel_mean: 'refilling with the channel mean',
  own_channel_mean: "refilling with the instance's own mean",
  zero: 'refilling with raw zeros',
  last_value: 'refilling with the last value',
  reflect: 'refilling by reflection',
  plus_1sd: 'refilling with +1 sd',
  minus_1sd: 'refilling with −1 sd',
  noise: 'refilling with noise',
  other_side: 'moving the padding to the other side',
  double_T: 'doubling the padded length',
};

/** For the axis of a chart, where every intervention is a change of the padding. */
const SHORT: Readonly<Record<string, string>> = {
  channel_mean: 'channel mean',
  own_channel_mean: 'own mean',
  zero: 'raw zeros',
  last_value: 'last value',
  reflect: 'reflection',
  plus_1sd: '+1 sd',
  minus_1sd: '−1 sd',
  noise: 'noise',
  other_side: 'other side',
  double_T: 'doubled',
};

/** An intervention in few words, for bars and tables. */
export function shortName(intervention: string): string {
  return SHORT[intervention] ?? interventionName(intervention);
}

/** An intervention in words that go on in a sentence. */
export function interventionName(intervention: string): string {
  return NAMES[intervention] ?? intervention;
}
