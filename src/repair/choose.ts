import type { Estimate, Unavailable } from '../padding/audit.ts';
import { fromTo, percent, two } from '../padding/wording.ts';
import { ARMS, type Arm } from './armNames.ts';
import type { AgainstTrained, MaskForm, Standing, TriedCandidate } from './standing.ts';

/** Accuracy, and accuracy at crossed lengths, may each fall by this much where something else becomes better. */
export const TOLERATED = 0.04;
/** A flip rate or LEI that falls by less has not become better. */
const LEAST_FALL = 0.05;
/** Scores nearer than this are one score, and the cheaper repair is taken. */
const SAME_SCORE = 0.01;

/** The rule's answer on one repair, with its reason as a sentence. */
export interface Help {
  readonly helps: boolean;
  readonly why: string;
}

/** Changes of a repair, paired. */
export interface Gains {
  readonly accuracy: Estimate;
  readonly lengthCrossed: Estimate;
}

/**
 * Does a repair help? One thing is better beyond its interval: accuracy at crossed lengths, the worst flip of layout or
 * look, or length evidence. And it is not paid for: accuracy at crossed lengths falls by at most .04, accuracy by at most
 * .04 beside what the fall of length evidence accounts for, which was the length's and not the content's.
 * @param chance 1 / number of classes that occur, as length evidence counts it
 */
export function helpOf(before: Standing, after: Standing, gains: Gains, chance: number): Help {
  const better = [
    ...(gains.lengthCrossed.interval[0] > 0
      ? [
          `it is right more often at crossed lengths (${fromTo(before.lengthCrossed.value, after.lengthCrossed.value)})`,
        ]
      : []),
    ...fallen('answers flip less when the padding lies elsewhere', before.layout, after.layout, percents),
    ...fallen('answers flip less when the padding holds something else', before.look, after.look, percents),
    ...fallen(
      'less of its accuracy is length evidence',
      before.lengthEvidence,
      after.lengthEvidence,
      fromTo,
      counted,
    ),
  ];
  const paid = price(before, after, gains, chance);
  if (paid !== undefined) {
    const anyway = better.length > 0 ? `, although ${together(better)}` : '';
    return { helps: false, why: `${paid}${anyway}.` };
  }
  if (better.length === 0) return { helps: false, why: 'Nothing becomes better beyond its interval.' };
  return { helps: true, why: `${capital(together(better))}.` };
}

/** What is too dear; undefined where nothing is. */
function price(before: Standing, after: Standing, gains: Gains, chance: number): string | undefined {
  const [was, is] = [before.lengthEvidence, after.lengthEvidence];
  if (!('unavailable' in was) && 'unavailable' in is) return 'What is left of it cannot be told from chance';
  if (gains.lengthCrossed.value < -TOLERATED) {
    return `It is right less often at crossed lengths, by ${two(-gains.lengthCrossed.value)}`;
  }
  const length =
    'unavailable' in was || 'unavailable' in is
      ? 0
      : Math.max(0, counted(was.value) - counted(is.value)) * Math.max(0, before.accuracy.value - chance);
  if (gains.accuracy.value >= -TOLERATED - length) return undefined;
  const explained = length > 0 ? `, of which length evidence accounts for ${two(length)}` : '';
  return `Its accuracy falls by ${two(-gains.accuracy.value)}${explained}`;
}

function fallen(
  what: string,
  before: Estimate | Unavailable,
  after: Estimate | Unavailable,
  words: (before: number, after: number) => string,
  counts = (value: number) => value,
): string[] {
  if ('unavailable' in before || 'unavailable' in after) return [];
  const [was, low, is] = [counts(before.value), counts(before.interval[0]), counts(after.value)];
  if (was - is < LEAST_FALL || is >= low) return [];
  return [`${what} (${words(before.value, after.value)})`];
}

/** As the table has flips, so that no figure is rounded in two ways; what falls by .05 shows it. */
function percents(before: number, after: number): string {
  return `${percent(before)} → ${percent(after)}`;
}

/** Length evidence is a share of the accuracy above chance: what lies below 0 or above 1 is noise, and counts as 0 or 1. */
function counted(lei: number): number {
  return Math.max(0, Math.min(1, lei));
}

type Tried = Pick<AgainstTrained, 'helps' | 'why' | 'score'> & { readonly name: Arm };

/** Of the repairs that help, the one with the highest score; of equal scores the cheapest. */
export function choose<One extends Tried>(
  tried: readonly One[],
): { readonly chosen: One; readonly reason: string } | { readonly reason: string } {
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

/** What the rule takes of the form that is not written; null where that is nothing, too. */
export function chooseOther(
  tried: readonly TriedCandidate[],
): { readonly form: MaskForm; readonly chosen: Arm; readonly reason: string } | null {
  const others = tried.flatMap(({ name, otherForm }) => (otherForm ? [{ name, ...otherForm }] : []));
  const picked = choose(others);
  if (!('chosen' in picked)) return null;
  const { form, name } = picked.chosen;
  return { form, chosen: name, reason: picked.reason };
}

/** `a, b and c` */
function together(parts: readonly string[]): string {
  const last = parts.at(-1)!;
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
