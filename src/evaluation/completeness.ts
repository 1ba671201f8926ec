import { bootstrapMean, mean } from '../padding/estimate.ts';
import type { Random } from '../random.ts';
import type { CompletenessFigures } from './evaluation.ts';

/** Per instance what a map adds up to and what it must add up to, in logits. */
export interface CompletenessCheck {
  readonly identity: string;
  readonly sums: readonly number[];
  readonly expected: readonly number[];
  /** Relative gap that still counts as adding up. */
  readonly tolerance: number;
}

/** How far sums of maps are from what their method says they add up to, in units of the score. */
export function completenessOf(check: CompletenessCheck, random: Random): CompletenessFigures {
  const gaps = check.sums.map((sum, i) => Math.abs(sum - check.expected[i]!));
  const size = mean(check.expected.map(Math.abs));
  return {
    identity: check.identity,
    gap: bootstrapMean(gaps, random),
    largest: gaps.reduce((most, gap) => Math.max(most, gap), 0),
    relative: size > 0 ? mean(gaps) / size : mean(gaps),
    tolerance: check.tolerance,
  };
}
