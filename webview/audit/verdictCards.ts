import type { Audit, Verdict } from '../../src/padding/audit.ts';
import { element, icon } from '../element.ts';

const TITLES = {
  mapArtefact: 'Map artefact',
  carrierDependence: 'Carrier dependence',
  lengthEvidence: 'Length evidence',
} as const satisfies Record<keyof Audit['verdicts'], string>;

const QUESTIONS = {
  mapArtefact: 'Is the shine on padding explained by how the map is made?',
  carrierDependence: 'Does the answer break when padding merely looks different?',
  lengthEvidence: 'Does the model read the class off the length?',
} as const satisfies Record<keyof Audit['verdicts'], string>;

/** Sign and tone of an answer; the word itself always stands beside them. */
const SIGNS: Readonly<Record<Verdict['answer'], readonly [tone: string, sign: string]>> = {
  explained: ['good', 'pass'],
  robust: ['good', 'pass'],
  no: ['good', 'pass'],
  unclear: ['warn', 'question'],
  'not explained': ['warn', 'warning'],
  FRAGILE: ['warn', 'warning'],
  YES: ['bad', 'error'],
  'cannot tell': ['open', 'question'],
};

/** The three verdicts side by side: never one score. */
export function verdictCards({ verdicts }: Audit): HTMLElement {
  const names = Object.keys(TITLES) as (keyof Audit['verdicts'])[];
  return element(
    'div',
    { class: 'verdicts' },
    ...names.map((name) => {
      const { answer, reason } = verdicts[name];
      const [tone, sign] = SIGNS[answer];
      return element(
        'section',
        { class: `verdict ${tone}`, id: `verdict-${name}`, 'data-answer': answer },
        element('h2', { title: QUESTIONS[name] }, TITLES[name]),
        element('p', { class: 'answer' }, icon(sign), element('b', {}, answer)),
        element('p', { class: 'reason' }, unbroken(reason)),
      );
    }),
  );
}

/** A line never ends between a number and its sign. */
function unbroken(text: string): string {
  return text.replaceAll(/(?<=\d) (?=%|sd)/g, '\u00a0');
}
