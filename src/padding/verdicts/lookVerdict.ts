import type { CarrierEvidence, CarrierResult, Estimate, LookAnswer, Verdict } from '../audit.ts';
import { LAYOUT } from '../interventionNames.ts';
import { interval, percent } from '../wording.ts';
import { carries } from './carries.ts';
import { cannotTell, NONE_PADDED } from './verdict.ts';
import { worstFlip } from './worstFlip.ts';

/** The changes of what the padding holds. */
export function lookChanges(results: readonly CarrierResult[]): readonly CarrierResult[] {
  return results.filter(({ intervention }) => !LAYOUT.includes(intervention));
}

/** Does the answer break when the padding holds other values, and does its value or place carry the class? */
export function lookVerdict(
  results: readonly CarrierResult[],
  evidence: CarrierEvidence,
  instances: number,
  padded: number,
): Verdict<LookAnswer> {
  if (padded === 0)
    return cannotTell(`${NONE_PADDED}, so there is no padding that could look different.`, { instances });
  const flips = worstFlip({
    results: lookChanges(results),
    changes: 'what the padding holds',
    instances,
  });
  const carriers = [
    ...(carries(evidence.value) ? [{ what: 'value', found: evidence.value }] : []),
    ...(carries(evidence.side) ? [{ what: 'place', found: evidence.side }] : []),
  ];
  if (carriers.length === 0) return flips;
  const numbers = { ...flips.numbers };
  for (const { what, found } of carriers) numbers[`${what}Evidence`] = found.value;
  return {
    answer: 'carries the class',
    reason: `${carriers.map(({ what, found }) => sentence(what, found)).join(' ')} It is not the length: that is swapped along with the content.`,
    numbers,
  };
}

function sentence(what: string, { value, interval: range, n }: Estimate): string {
  const kept = percent(Math.max(0, Math.min(1, value)));
  return `With content and length swapped beneath it, the ${what} of the padding alone keeps ${kept} of the accuracy above chance (95 % interval ${interval(range, percent)}, ${n} instances).`;
}
