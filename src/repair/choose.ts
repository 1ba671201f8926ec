import type { Estimate, Unavailable } from '../padding/audit.ts';
import { ARMS } from './armNames.ts';
import type { Standing, TriedCandidate } from './standing.ts';

/** The score, a sum of two accuracies, may fall by this much where something else becomes better. */
const TOLERATED = 0.04;
/** A flip rate or LEI that falls by less has not become better. */
const LEAST_FALL = 0.05;
/** Scores nearer than this are one score, and the cheaper repair is taken. */
const SAME_SCORE = 0.01;

interface Help {
  readonly helps: boolean;
  readonly why: string;
}

/**
 * Does a repair help? Its score does not fall by more than .04, and one thing is better beyond its interval: the score,
 * the worst flip of layout or look, or length evidence.
 */
export function helpOf(before: Standing, after: Standing, gain: Estimate): Help {
  const better = [
    ...(gain.interval[0] > 0 ? [`its score is ${gain.value.toFixed(2)} higher`] : []),
    ...fallen('answers flip less when the padding lies elsewhere', before.layout, after.layout),
    ...fallen('answers flip less when the padding holds something else', before.look, after.look),
    ...fallen('less of its accuracy is length evidence', before.lengthEvidence, after.lengthEvidence),
  ];
  if (gain.value < -TOLERATED) {
    const anyway = better.length > 0 ? `, although ${better.join(', ')}` : '';
    return { helps: false, why: `Its score falls by ${(-gain.value).toFixed(2)}${anyway}.` };
  }
  if (better.length === 0) return { helps: false, why: 'Nothing becomes better beyond its interval.' };
  return { helps: true, why: `${capital(better.join(', '))}.` };
}

function fallen(what: string, before: Estimate | Unavailable, after: Estimate | Unavailable): string[] {
  if ('unavailable' in before || 'unavailable' in after) return [];
  if (before.value - after.value < LEAST_FALL || after.value >= before.interval[0]) return [];
  return [`${what} (${before.value.toFixed(2)} → ${after.value.toFixed(2)})`];
}

/** Of the repairs that help, the one with the highest score; of equal scores the cheapest. */
export function choose(
  tried: readonly TriedCandidate[],
): { readonly chosen: TriedCandidate; readonly reason: string } | { readonly reason: string } {
  if (tried.length === 0) return { reason: 'No repair could be tried.' };
  const helping = tried.filter(({ helps }) => helps);
  if (helping.length === 0) {
    return {
      reason: `Nothing helped: of ${tried.length === 1 ? 'one repair' : `${tried.length} repairs`} tried, none makes anything better without costing more accuracy than it may. ${tried.map(({ name, why }) => `${name}: ${why}`).join(' ')}`,
    };
  }
  const highest = Math.max(...helping.map(({ score }) => score.value));
  const chosen = helping
    .filter(({ score }) => score.value >= highest - SAME_SCORE)
    .toSorted((a, b) => ARMS.indexOf(a.name) - ARMS.indexOf(b.name))[0]!;
  const rule =
    helping.length === 1
      ? 'the only repair that helps'
      : 'the highest score of those that help, and the cheapest of equals';
  return { chosen, reason: `${chosen.name}: ${rule}. ${chosen.why}` };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
