import { type Margin, marginWords } from '../padding/marginOf.ts';
import { two } from '../padding/wording.ts';
import { type Gains, type Help, TOLERATED } from './choose.ts';
import type { Judged } from './standing.ts';

type Weighed = Pick<Judged, 'accuracy' | 'margin' | 'lengthEvidence'>;

/**
 * Does a repair help a model that is hardly better than chance? Fewer flips or less length evidence of answers that say
 * nothing are no help; only a repair that learns what the model did not is: right more often beyond its interval, above
 * chance itself, not less often at crossed lengths, and not by the length.
 */
export function helpAtChance(before: Weighed, after: Weighed, { accuracy, lengthCrossed }: Gains): Help {
  const said = hardlyBetter(before.margin);
  if (accuracy.interval[0] <= 0 || after.margin.hardly)
    return { helps: false, why: `${said}, and this does not make it better beyond its interval.` };
  if (lengthCrossed.value < -TOLERATED)
    return {
      helps: false,
      why: `${said}, and it is right less often at crossed lengths, by ${two(-lengthCrossed.value)}.`,
    };
  const length = after.lengthEvidence;
  if (!('unavailable' in length) && length.answer === 'YES')
    return {
      helps: false,
      why: `${said}, and what it learns is the length: length evidence is ${two(length.value)}.`,
    };
  return {
    helps: true,
    why: `It is right more often (${two(before.accuracy.value)} → ${two(after.accuracy.value)}), where the model as trained is hardly better than chance.`,
  };
}

/** Why nothing is taken, of all that was tried at once. */
export function noneAtChance(margin: Margin, tried: number): string {
  const none = tried === 1 ? 'the one repair tried does not make' : `none of ${tried} repairs tried makes`;
  return `Nothing is repaired: ${lower(hardlyBetter(margin))}, so there is nothing to keep, and ${none} it better beyond its interval.`;
}

function hardlyBetter(margin: Margin): string {
  return `The model as trained is hardly better than chance on these labels (${marginWords(margin)})`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
