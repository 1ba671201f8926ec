import type { Random } from '../random.ts';
import { Refusal } from '../refusal.ts';
import { type Ask, type Asked, probability } from './ask.ts';
import type { SweepPoint, Unavailable } from './audit.ts';
import type { Baseline } from './baseline.ts';
import { bootstrapMean } from './estimate.ts';
import { padValue } from './interventions.ts';
import { paddedMask, paddedTo } from './move.ts';

const POINTS = 9;

/**
 * p of the originally predicted class while the padded length goes from the longest series to twice the model's T.
 * The series themselves stay as they are.
 */
export async function lengthSweep(
  { cases, answers, shape }: Baseline,
  ask: Ask,
  random: Random,
): Promise<readonly SweepPoint[] | Unavailable> {
  const longest = Math.max(
    ...cases.map((one) => one.mask.lastIndexOf(1) + 1 - Math.max(0, firstIfFront(one.mask))),
  );
  const lengths = [
    ...new Set(Array.from({ length: POINTS }, (_, k) => between(longest, 2 * shape.steps, k / (POINTS - 1)))),
  ];
  const sweep: SweepPoint[] = [];
  for (const steps of lengths) {
    try {
      const after = await ask(padded(cases, shape, steps), steps);
      const p = cases.map((_, i) => probability(after, i, answers.predicted[i]!));
      sweep.push({ steps, probability: bootstrapMean(p, random) });
    } catch (reason) {
      if (reason instanceof Refusal) return { unavailable: reason.message };
      throw reason;
    }
  }
  return sweep;
}

function* padded(cases: Baseline['cases'], shape: Baseline['shape'], steps: number): Generator<Asked> {
  for (const [content, one] of cases.entries()) {
    const x = paddedTo(one, shape, steps, (f) => padValue(one, shape.steps, f));
    yield { x, mask: paddedMask(one, steps), content };
  }
}

/** Columns before the first real step where the padding is all in front, which a shorter window may cut off. */
function firstIfFront(mask: Uint8Array): number {
  return mask.at(-1) === 1 ? mask.indexOf(1) : 0;
}

function between(from: number, to: number, share: number): number {
  return Math.round(from + share * (to - from));
}
