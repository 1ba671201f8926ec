import { realSteps } from '../attribution/realSteps.ts';
import type { Case, InputShape } from '../preprocess/case.ts';
import type { Random } from '../random.ts';
import type { Ask, Asked } from './ask.ts';
import type { CarrierEvidence, Estimate, Unavailable } from './audit.ts';
import { type Carrier, carriersOf, laid } from './carriers.ts';
import { classContrasts } from './classContrasts.ts';
import { balancedEffect, covariance, crossedEffect } from './crossedEffect.ts';
import { Donors, type Pair } from './donors.ts';
import { marginOf } from './marginOf.ts';
import { ratioInterval } from './ratioInterval.ts';

const DONORS = 12;
const TWO_SIDED_95 = 1.959964;

/**
 * Do the padding's value and place carry the class? Every content keeps its length and takes the value, or the place,
 * of other instances' padding; the figure is LEI's, with value or place in the role of length. No content is changed,
 * so there is nothing to carry and no placebo to ask for.
 */
export async function carrierEvidence(
  cases: readonly Case[],
  predicted: Int32Array,
  shape: InputShape,
  ask: Ask,
  random: Random,
): Promise<CarrierEvidence> {
  const carriers = carriersOf(cases, shape);
  if ('unavailable' in carriers) return { value: carriers, side: carriers };
  const measure = (mix: (frame: Carrier, content: Carrier) => Carrier) =>
    survives(cases, predicted, shape, ask, random, carriers.of, mix);
  return {
    value: carriers.valuesDiffer
      ? await measure((frame, content) => ({ at: content.at, value: frame.value }))
      : { unavailable: 'The padding has the same value in every instance.' },
    side: carriers.sidesDiffer
      ? await measure((frame, content) => ({ at: frame.at, value: content.value }))
      : { unavailable: 'The padding stands at the same place in every instance.' },
  };
}

async function survives(
  cases: readonly Case[],
  predicted: Int32Array,
  shape: InputShape,
  ask: Ask,
  random: Random,
  carriers: readonly (Carrier | null)[],
  mix: (frame: Carrier, content: Carrier) => Carrier,
): Promise<Estimate | Unavailable> {
  const kept = cases.flatMap((_, i) => (carriers[i] ? [i] : []));
  const labelled = cases.every((one) => one.label !== null);
  const labels = kept.map((i) => (labelled ? cases[i]!.label! : predicted[i]!));
  const correct = labels.map((label, k) => (predicted[kept[k]!] === label ? 1 : 0));
  const chance = 1 / new Set(labels).size;
  const before = balancedEffect(correct, labels);
  if (kept.length < 10) return { unavailable: 'It takes at least 10 padded instances.' };
  if (marginOf(correct, labels).hardly)
    return { unavailable: 'The model is hardly better than chance on the padded instances.' };
  const pairs = new Donors(labels, random).next(Math.max(DONORS, new Set(labels).size));
  const series = function* (): Generator<Asked> {
    for (const { frame, content } of pairs) {
      const one = cases[kept[content]!]!;
      const carrier = mix(carriers[kept[frame]!]!, carriers[kept[content]!]!);
      yield { ...laid(realSteps(one, shape), one.length, carrier, shape, false), content: kept[content]! };
    }
  };
  const after = await ask(series(), shape.steps);
  const right = pairs.map(({ frame }, p) => (after.predicted[p] === labels[frame] ? 1 : 0));
  const met = crossedEffect(crossingOf(pairs), right, classContrasts(labels).all);
  const ratio = {
    numerator: met.value - chance,
    denominator: before.value - chance,
    varNumerator: covariance(met, met),
    varDenominator: covariance(before, before),
    covariance: covariance(met, before),
  };
  const interval = ratioInterval(ratio, TWO_SIDED_95);
  if (!interval) return { unavailable: 'The accuracy on the padded instances cannot be told from chance.' };
  return { value: ratio.numerator / ratio.denominator, interval, n: kept.length };
}

function crossingOf(pairs: readonly Pair[]) {
  return { frames: pairs.map(({ frame }) => frame), contents: pairs.map(({ content }) => content) };
}
