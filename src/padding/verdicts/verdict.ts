import type { Verdict } from '../audit.ts';

export const NONE_PADDED = 'No instance is padded';

export function cannotTell(reason: string, numbers: Verdict['numbers'] = {}): Verdict {
  return { answer: 'cannot tell', reason, numbers };
}
