import { answersAt } from '../../attribution/asker.ts';
import { type Ask, type Asked, untouched } from '../../padding/ask.ts';
import type { CarrierResult, Unavailable, Verdict } from '../../padding/audit.ts';
import { boundedMean } from '../../padding/boundedMean.ts';
import { carrierDependence } from '../../padding/carrier.ts';
import { carrierEvidence } from '../../padding/carrierEvidence.ts';
import { mean, wilsonRate } from '../../padding/estimate.ts';
import { interventionName } from '../../padding/interventionNames.ts';
import { lengthEvidence } from '../../padding/lengthEvidence.ts';
import { marginOf } from '../../padding/marginOf.ts';
import type { ChannelUnits } from '../../padding/refill.ts';
import { layoutChanges } from '../../padding/verdicts/layoutVerdict.ts';
import { lookChanges } from '../../padding/verdicts/lookVerdict.ts';
import { verdictsOf } from '../../padding/verdicts/verdictsOf.ts';
import { worstInterval } from '../../padding/verdicts/worstFlip.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import { createRandom, drawnOf } from '../../random.ts';
import type { Flips, Judged } from '../../repair/standing.ts';

/** Of more instances, this many are enough for flips and length evidence. */
const MOST_ALTERED = 300;
/** Rounds of length evidence for one of many candidates. */
const ROUNDS = 3;

/** On what classifiers are judged. */
export interface Bench {
  readonly cases: readonly Case[];
  readonly shape: InputShape;
  readonly units: ChannelUnits;
  readonly classes: readonly string[];
  /** The same series at other lengths, some per case. */
  readonly views: readonly Asked[];
  readonly seed: number;
  /** [n] Fold of each case, where a classifier has learnt from those of the others. */
  readonly folds?: ArrayLike<number>;
}

/** The same interventions, seeds and views for whatever is judged, so that figures are paired. */
export async function judge(
  { cases, shape, units, classes, views, seed, folds }: Bench,
  ask: Ask,
): Promise<Judged> {
  const random = (part: number) => createRandom(seed * 64 + 40 + part);
  const answers = await ask(untouched(cases), shape.steps);
  const correct = Uint8Array.from(cases, (one, i) => (one.label === answers.predicted[i] ? 1 : 0));
  const seen = await ask(views, shape.steps);
  const crossed = new Float64Array(cases.length);
  const each = views.length / cases.length;
  views.forEach(({ content }, i) => {
    if (seen.predicted[i] === cases[content]!.label) crossed[content]! += 1 / each;
  });
  const kept = drawnOf(cases.length, MOST_ALTERED, random(0));
  const some = Array.from(kept, (i) => cases[i]!);
  const asSome: Ask = (inputs, steps) => ask(renumbered(inputs, kept), steps);
  const own = answersAt(answers, kept);
  const baseline = { cases: some, answers: own, shape, units };
  const carrier = await carrierDependence(baseline, asSome, random(1));
  const carried = await carrierEvidence(some, own.predicted, shape, asSome, random(2));
  const { evidence, response } = await lengthEvidence(
    some,
    own.predicted,
    classes.length,
    shape,
    asSome,
    random(3),
    { rounds: ROUNDS, ...(folds && { groups: Int32Array.from(kept, (i) => folds[i]!) }) },
  );
  const verdicts = verdictsOf({
    layer: undefined,
    carrier,
    carrierEvidence: carried,
    lengthEvidence: evidence,
    lengthResponse: response,
    classes,
    instances: some.length,
    padded: some.filter((one) => one.length < shape.steps).length,
  });
  return {
    accuracy: wilsonRate(mean(correct), cases.length),
    lengthCrossed: boundedMean(crossed),
    layout: flipsOf(layoutChanges(carrier, carried), verdicts.layout),
    look: flipsOf(lookChanges(carrier), verdicts.look),
    lengthEvidence:
      'unavailable' in evidence ? evidence : { ...evidence.lei, answer: verdicts.lengthEvidence.answer },
    lengthResponse: 'unavailable' in response ? response : response.change,
    correct,
    crossed,
    carried,
    answered: new Set(answers.predicted).size,
    margin: marginOf(
      correct,
      cases.map(({ label }) => label!),
    ),
  };
}

/** Positions among some of the cases as positions among all. */
function* renumbered(inputs: Iterable<Asked>, kept: Int32Array): Generator<Asked> {
  for (const one of inputs) yield { ...one, content: kept[one.content]! };
}

/** The worst of the changes that a verdict of the audit is about, with it and the interval of the worst of so many. */
export function flipsOf(
  changes: readonly CarrierResult[],
  { answer, reason }: Pick<Verdict, 'answer' | 'reason'>,
): Flips | Unavailable {
  const tried = changes.flatMap((one) => ('unavailable' in one ? [] : [one]));
  const worst = tried.toSorted((a, b) => b.flipRate.value - a.flipRate.value)[0];
  if (!worst) return { unavailable: reason };
  const { value, n } = worst.flipRate;
  const interval = worstInterval(value, n, tried.length);
  return { value, interval, n, answer, worst: interventionName(worst.intervention), changes: tried.length };
}
