import type { Audit, Verdict } from '../audit.ts';
import { mostMoved } from '../values/valueWords.ts';
import { percent } from '../wording.ts';

type CardName = 'lengthEvidence' | 'layout' | 'look' | 'mapArtefact';
/** How an answer is to be taken; `open` where nothing is decided. */
export type Tone = 'good' | 'warn' | 'bad' | 'open';

/** One answer of an audit as every surface shows it. */
export interface Card {
  readonly name: CardName;
  readonly title: string;
  readonly question: string;
  /** The answer in a word or two; for the map, which answers nothing, its figure. */
  readonly answer: string;
  readonly reason: string;
  readonly tone: Tone;
}

const TITLES: Readonly<Record<CardName, readonly [title: string, question: string]>> = {
  lengthEvidence: ['Length', 'Does the model read the class off the length?'],
  layout: [
    "Padding's place",
    'Does the answer change with where the padding lies and how much of it there is?',
  ],
  look: ["Padding's look", 'Does the answer change with what the padding holds, or give it away?'],
  mapArtefact: ['What the map shows on padding', 'For information: no verdict about the model.'],
};

const TONES: Readonly<Record<Verdict['answer'], Tone>> = {
  no: 'good',
  robust: 'good',
  unclear: 'warn',
  FRAGILE: 'warn',
  'responds, worth nothing on this data': 'warn',
  YES: 'bad',
  'carries the class': 'bad',
  'cannot tell': 'open',
  explained: 'open',
  'not explained': 'open',
  'nothing to explain': 'open',
};

/**
 * What every surface shows of an audit, in this order: three answers, and what the map shows. Never one score. The first
 * is about classes, and left out where the outputs are numbers.
 */
export function cardsOf({ verdicts, values }: Pick<Audit, 'verdicts' | 'values'>): readonly Card[] {
  const names = (Object.keys(TITLES) as CardName[]).filter((name) => !values || name !== 'lengthEvidence');
  return names.map((name) => {
    const [title, question] = TITLES[name];
    const { answer, reason } = verdicts[name];
    const figure = values && name !== 'mapArtefact' ? mostMoved(values, name === 'layout') : answer;
    const shown = name === 'mapArtefact' ? shareOnPadding(verdicts[name]) : figure;
    return { name, title, question, answer: shown, reason, tone: TONES[answer] };
  });
}

/** Never "explained": beside a YES that would reassure. */
function shareOnPadding({ numbers }: Verdict): string {
  return numbers.padding === undefined ? 'no share' : `${percent(numbers.padding)} on padding`;
}
