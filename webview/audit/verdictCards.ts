import type { Audit, Verdict } from '../../src/padding/audit.ts';
import { type Sign, verdictCardRow } from '../sections/verdictCard.ts';

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
const SIGNS: Readonly<Record<Verdict['answer'], Sign>> = {
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
  return verdictCardRow(
    names.map((name) => ({
      name,
      title: TITLES[name],
      question: QUESTIONS[name],
      answer: verdicts[name].answer,
      reason: verdicts[name].reason,
      sign: SIGNS[verdicts[name].answer],
    })),
  );
}
