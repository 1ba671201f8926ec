import { element, icon } from '../element.ts';

/** Tone (a colour) and sign (a codicon) of an answer; the word itself always stands beside them. */
export type Sign = readonly [tone: string, sign: string];

interface VerdictWords {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  readonly reason: string;
  readonly sign: Sign;
}

/** Verdicts side by side: never one score. */
export function verdictCardRow(verdicts: readonly VerdictWords[]): HTMLElement {
  return element('div', { class: 'verdicts' }, ...verdicts.map(verdictCard));
}

function verdictCard({
  name,
  title,
  question,
  answer,
  reason,
  sign: [tone, sign],
}: VerdictWords): HTMLElement {
  return element(
    'section',
    { class: `verdict ${tone}`, id: `verdict-${name}`, 'data-answer': answer },
    element('h2', { title: question }, title),
    element('p', { class: 'answer' }, icon(sign), element('b', {}, answer)),
    element('p', { class: 'reason' }, unbroken(reason)),
  );
}

/** A line never ends between a number and its sign. */
function unbroken(text: string): string {
  return text.replaceAll(/(?<=\d) (?=%|sd)/g, '\u00a0');
}
