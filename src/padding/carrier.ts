import type { Random } from '../random.ts';
import { Refusal } from '../refusal.ts';
import { type Ask, probability } from './ask.ts';
import type { CarrierResult, Intervention } from './audit.ts';
import { balancedEstimate } from './balancedEstimate.ts';
import type { Baseline } from './baseline.ts';
import { bootstrapMean, mean, wilsonRate } from './estimate.ts';
import { type Altered, interventions } from './interventions.ts';
import { NOTHING_TO_CHANGE, noneIsPadded } from './unpadded.ts';

/**
 * Does the answer break when the padding merely looks different? Flip rate and mean |Δp| of the originally predicted
 * class under every intervention, against the model's own untouched answers.
 * @throws Refusal `no-padding`
 */
export async function carrierDependence(
  baseline: Baseline,
  ask: Ask,
  random: Random,
): Promise<CarrierResult[]> {
  const results: CarrierResult[] = [];
  const none = noneIsPadded(baseline.cases, baseline.shape);
  for (const { name, alter } of interventions(baseline, random)) {
    try {
      if (none) throw new Refusal('no-padding', NOTHING_TO_CHANGE.unavailable);
      results.push(await judge(name, alter(), baseline, ask, random));
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
      results.push({ intervention: name, unavailable: reason.message });
    }
  }
  return results;
}

async function judge(
  intervention: Intervention,
  altered: Altered,
  { cases, answers }: Baseline,
  ask: Ask,
  random: Random,
): Promise<CarrierResult> {
  const flips = new Float64Array(cases.length);
  const signed = new Float64Array(cases.length);
  const absolute = new Float64Array(cases.length);
  const right = new Float64Array(cases.length);
  for (const draw of altered) {
    const after = await draw(ask);
    cases.forEach((one, i) => {
      const before = answers.predicted[i]!;
      const change = probability(after, i, before) - probability(answers, i, before);
      if (after.predicted[i] !== before) flips[i]! += 1 / altered.length;
      if (after.predicted[i] === one.label) right[i]! += 1 / altered.length;
      signed[i]! += change / altered.length;
      absolute[i]! += Math.abs(change) / altered.length;
    });
  }
  const labels = cases.map((one) => one.label);
  const worst = absolute.indexOf(Math.max(...absolute));
  return {
    intervention,
    flipRate: wilsonRate(mean(flips), cases.length),
    meanAbsDp: bootstrapMean(absolute, random),
    balancedAccuracy: labels.every((label) => label !== null) ? balancedEstimate(right, labels) : null,
    worst: { id: cases[worst]!.id, index: cases[worst]!.index, dp: signed[worst]! },
    flipped: Uint8Array.from(flips, (share) => (share > 0.5 ? 1 : 0)),
  };
}
