import type { CarrierEvidence, CarrierResult, PlaceAnswer, Verdict } from '../audit.ts';
import { LAYOUT } from '../interventionNames.ts';
import { carries } from './carries.ts';
import { cannotTell, NONE_PADDED } from './verdict.ts';
import { worstFlip } from './worstFlip.ts';

/**
 * The changes of where the padding lies. Where its value carries the class, dropping the padding takes that value away: a
 * change of look, which is none of these.
 */
export function layoutChanges(
  results: readonly CarrierResult[],
  { value }: CarrierEvidence,
): readonly CarrierResult[] {
  const dropped = carries(value) ? ['truncate'] : [];
  return results.filter(
    ({ intervention }) => LAYOUT.includes(intervention) && !dropped.includes(intervention),
  );
}

/** Does the answer break when the padding lies elsewhere, or there is more or none of it? */
export function layoutVerdict(
  results: readonly CarrierResult[],
  evidence: CarrierEvidence,
  instances: number,
  padded: number,
): Verdict<PlaceAnswer> {
  if (padded === 0)
    return cannotTell(`${NONE_PADDED}, so there is no padding that could lie elsewhere.`, { instances });
  const asked = layoutChanges(results, evidence);
  const verdict = worstFlip({ results: asked, changes: 'where the padding lies', instances });
  const reasons = asked.flatMap((result) => ('unavailable' in result ? [result.unavailable] : []));
  const missing = reasons.length;
  if (missing === 0 || missing === asked.length || instances === 1) return verdict;
  return {
    ...verdict,
    reason: `${verdict.reason} It rests on ${asked.length - missing} of ${asked.length} changes; the others could not be made: ${different(reasons).join(' ')}`,
  };
}

/** One of those that differ in a length only. */
function different(reasons: readonly string[]): string[] {
  const kinds = new Map(reasons.toReversed().map((reason) => [reason.replace(/\d+/g, ''), reason]));
  return [...kinds.values()].toReversed();
}
