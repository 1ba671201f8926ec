import type { Answers } from '../attribution/asker.ts';
import { realSteps } from '../attribution/realSteps.ts';
import type { Case } from '../preprocess/case.ts';
import type { Random } from '../random.ts';
import { Refusal } from '../refusal.ts';
import type { Ask, Asked } from './ask.ts';
import type { Intervention } from './audit.ts';
import type { Baseline } from './baseline.ts';
import { otherSide, paddedMask, paddedTo } from './move.ts';
import { positionsBy } from './positionsBy.ts';
import { channelMean, type Fill, lastValue, noise, ownChannelMean, refill, reflect } from './refill.ts';

/** Independent draws of one intervention (one, unless it is random); each puts all cases to the model once. */
export type Altered = readonly ((ask: Ask) => Promise<Answers>)[];

const NOISE_DRAWS = 5;

/** @throws Refusal from `alter` when the intervention makes no sense for these cases; the sentence says why. */
export function interventions(
  baseline: Baseline,
  random: Random,
): readonly { readonly name: Intervention; readonly alter: () => Altered }[] {
  const { cases, shape, units } = baseline;
  const same = (make: (one: Case) => Changed) => (ask: Ask) => ask(mapped(cases, make), shape.steps);
  const fill = (of: (one: Case) => Fill) => () => [
    same((one) => ({ x: refill(one, shape, of(one)), mask: one.mask })),
  ];
  const noises = () =>
    Array.from({ length: NOISE_DRAWS }, () =>
      same((one) => ({ x: refill(one, shape, noise(units, random)), mask: one.mask })),
    );
  return [
    { name: 'truncate', alter: () => [(ask) => truncated(baseline, ask)] },
    { name: 'channel_mean', alter: fill(() => channelMean(units, 0)) },
    { name: 'own_channel_mean', alter: fill((one) => ownChannelMean(one, shape)) },
    { name: 'zero', alter: fill(() => rawZero(baseline)) },
    { name: 'last_value', alter: fill((one) => lastValue(one, shape)) },
    { name: 'reflect', alter: fill((one) => reflect(one, shape)) },
    { name: 'plus_1sd', alter: fill(() => channelMean(units, 1)) },
    { name: 'minus_1sd', alter: fill(() => channelMean(units, -1)) },
    { name: 'noise', alter: noises },
    { name: 'other_side', alter: () => [same((one) => moved(one, baseline))] },
    { name: 'double_T', alter: () => [(ask) => doubled(baseline, ask)] },
  ];
}

type Changed = Pick<Asked, 'x' | 'mask'>;

function* mapped(cases: readonly Case[], make: (one: Case) => Changed): Generator<Asked> {
  for (const [content, one] of cases.entries()) yield { ...make(one), content };
}

/** Every case alone at its own length: equal lengths are asked together. */
async function truncated({ cases, shape, answers }: Baseline, ask: Ask): Promise<Answers> {
  const lengths = positionsBy(cases.map((one) => one.length));
  const { classes } = answers;
  const predicted = new Int32Array(cases.length);
  const [logits, probabilities] = [0, 1].map(() => new Float32Array(cases.length * classes)) as [
    Float32Array,
    Float32Array,
  ];
  for (const [length, members] of lengths) {
    const some = await ask(
      members.map((i) => ({
        x: realSteps(cases[i]!, shape),
        mask: new Uint8Array(length).fill(1),
        content: i,
      })),
      length,
    );
    members.forEach((i, k) => {
      predicted[i] = some.predicted[k]!;
      logits.set(some.logits.subarray(k * classes, (k + 1) * classes), i * classes);
      probabilities.set(some.probabilities.subarray(k * classes, (k + 1) * classes), i * classes);
    });
  }
  return { classes, logits, predicted, probabilities };
}

function doubled({ cases, shape }: Baseline, ask: Ask): Promise<Answers> {
  return ask(
    mapped(cases, (one) => ({
      x: paddedTo(one, shape, 2 * shape.steps, (f) => padValue(one, shape.steps, f)),
      mask: paddedMask(one, 2 * shape.steps),
    })),
    2 * shape.steps,
  );
}

/** What stands in the padding of this feature; 0 where the instance has none. */
export function padValue(one: Case, steps: number, feature: number): number {
  const padded = one.mask.indexOf(0);
  return padded < 0 ? 0 : one.x[feature * steps + padded]!;
}

function moved(one: Case, { shape }: Baseline): Changed {
  const found = otherSide(one, shape);
  if (found) return found;
  throw new Refusal(
    'padding-not-at-one-end',
    'Padding stands between real steps, so it has no other side to go to.',
  );
}

function rawZero({ units }: Baseline): Fill {
  const { rawZero: zero } = units;
  if (zero) return (f) => zero[f]!;
  throw new Refusal(
    'scaling-unknown',
    'What a raw zero becomes is not known: give the standardisation in attribution.json ("standardize": { "mean", "std" }).',
  );
}
