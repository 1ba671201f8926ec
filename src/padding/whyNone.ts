import type { CarrierResult } from './audit.ts';

/** The one reason for which no intervention could be run; null where some could, or for several reasons. */
export function whyNone(results: readonly CarrierResult[]): string | null {
  const reasons = new Set(results.map((result) => ('unavailable' in result ? result.unavailable : null)));
  return reasons.size === 1 ? [...reasons][0]! : null;
}
