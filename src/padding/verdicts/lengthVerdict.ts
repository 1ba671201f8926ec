import type { LengthAnswer, LengthEvidence, LengthResponse, Unavailable, Verdict } from '../audit.ts';
import { lengthAnswer } from '../lengthAnswer.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { interval, percent, two } from '../wording.ts';
import { followsLength } from './lengthWords.ts';
import { cannotTell } from './verdict.ts';

/** Does the model read the class off the length? */
export function lengthVerdict(
  evidence: LengthEvidence | Unavailable,
  response: LengthResponse | Unavailable,
  classes: readonly string[] = [],
): Verdict<LengthAnswer> {
  const follows = 'unavailable' in response ? null : followsLength(response, classes);
  const answers = responds(response) ? ` ${follows}` : '';
  if ('unavailable' in evidence)
    return cannotTell(`${evidence.unavailable}${answers}`, responseNumbers(response));
  const numbers = { ...numbersOf(evidence), ...responseNumbers(response) };
  const said = `${survives(evidence)}${basis(evidence)}`;
  const answer = lengthAnswer(evidence);
  if (answer === 'negative') {
    const reason = `${said} Following the length costs accuracy on these data.${follows ? ` ${follows}` : ''}`;
    return { answer: 'responds, worth nothing on this data', reason, numbers };
  }
  if (answer === 'no' && responds(response)) {
    const reason = `${said} Yet ${lower(follows!)} Where length goes with the class, that becomes accuracy.`;
    return { answer: 'responds, worth nothing on this data', reason, numbers };
  }
  if (answer === 'cannot tell') return cannotTell(`${said} ${whatWouldTell(evidence)}${answers}`, numbers);
  if (answer === 'unclear')
    return {
      answer,
      reason: `${said} By one-sided 95 % bounds, ${bound(evidence.atLeast, 0)} and ${bound(evidence.atMost, THRESHOLDS.leiYes)}, that is more than nothing and at most ${THRESHOLDS.leiYes}: a little length, beside much else.`,
      numbers,
    };
  return { answer, reason: answer === 'no' ? `${said}${whyNo(evidence)}` : said, numbers };
}

/** The bound that decides, where the interval that is printed does not show it. */
function whyNo({ lei, atMost }: LengthEvidence): string {
  const { leiYes } = THRESHOLDS;
  if (lei.interval[1] < leiYes) return '';
  return ` By a one-sided 95 % bound, ${bound(atMost, leiYes)}, it is below ${leiYes}.`;
}

/** With as many digits as tell it from what it is held against. */
function bound(value: number, against: number): string {
  return two(value) === two(against) ? value.toFixed(4) : two(value);
}

/** Whether answers follow the length, whatever that is worth. */
function responds(response: LengthResponse | Unavailable): boolean {
  if ('unavailable' in response) return false;
  const { value, interval: range } = response.change;
  return value > THRESHOLDS.responds && range[0] > THRESHOLDS.respondsAtLeast;
}

function numbersOf({ lei, placebo, transportShare }: LengthEvidence): Record<string, number> {
  const [low, high] = lei.interval;
  return { lei: lei.value, low, high, instances: lei.n, placebo, transport: transportShare };
}

function responseNumbers(response: LengthResponse | Unavailable): Record<string, number> {
  if ('unavailable' in response) return {};
  const { value, interval: range } = response.change;
  return { response: value, responseLow: range[0], responseHigh: range[1] };
}

function survives({ lei, labelled }: LengthEvidence): string {
  const kept = percent(Math.max(0, Math.min(1, lei.value)));
  return `With content swapped and length kept, ${kept} of the ${labelled ? 'accuracy' : 'agreement'} above chance survives: LEI ${two(lei.value)} ${interval(lei.interval, two)} on ${lei.n} instances.`;
}

function basis({ labelled }: LengthEvidence): string {
  return labelled
    ? ''
    : " It is measured on the model's own answers; labels of all instances would show how much of its accuracy is length.";
}

/** Why it cannot be told: the method, the model, or the number of instances. */
function whatWouldTell({ placebo, transportShare, margin }: LengthEvidence): string {
  if (transportShare > 0.5 || placebo < THRESHOLDS.placeboOfYes)
    return `Carrying contents to other lengths disturbs this model: swaps within a class, which should change nothing, keep ${percent(Math.max(0, placebo))} of the accuracy above chance. More instances would not tell; series of other lengths made by the source itself would.`;
  const straddles = `The interval straddles ${THRESHOLDS.leiNo}–${THRESHOLDS.leiYes}`;
  return margin < THRESHOLDS.lowMargin
    ? `${straddles}, because the model is only ${percent(margin)} better than chance: a better model or many more instances would tell.`
    : `${straddles}: more instances would tell.`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
