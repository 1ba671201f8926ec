import type { LookAnswer, PlaceAnswer, Verdict } from '../audit.ts';
import { NONE_PADDED } from './verdict.ts';

/** What layout and look say together, under the name and with the numbers that reports had before they were told apart. */
export function carrierSummary(
  layout: Verdict<PlaceAnswer>,
  look: Verdict<LookAnswer>,
): Verdict<PlaceAnswer> {
  if (look.reason.startsWith(NONE_PADDED)) return { ...look, answer: 'cannot tell' };
  const both = [layout, look];
  const worst = both.reduce((a, b) =>
    (b.numbers.worstFlipRate ?? -1) > (a.numbers.worstFlipRate ?? -1) ? b : a,
  );
  const answer = both.some((one) => one.answer === 'FRAGILE' || one.answer === 'carries the class')
    ? 'FRAGILE'
    : both.every((one) => one.answer === 'robust')
      ? 'robust'
      : 'cannot tell';
  return {
    answer,
    reason: `Padding's place: ${layout.answer}. ${layout.reason} Padding's look: ${look.answer}. ${look.reason}`,
    numbers: worst.numbers,
  };
}
