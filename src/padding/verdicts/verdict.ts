import type { Verdict } from '../audit.ts';

/** A reason of several verdicts. */
export const NONE_PADDED = 'No instance is padded';

/** A verdict that says why it is none. */
export function cannotTell(reason: string, numbers: Verdict['numbers'] = {}): Verdict<'cannot tell'> {
  return { answer: 'cannot tell', reason, numbers };
}
