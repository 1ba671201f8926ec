import type { Audit } from '../../src/padding/audit.ts';
import { cardsOf, type Tone } from '../../src/padding/verdicts/cards.ts';
import { verdictCardRow } from '../sections/verdictCard.ts';

/** The word itself always stands beside its sign. */
const ICONS: Readonly<Record<Tone, string>> = {
  good: 'pass',
  warn: 'warning',
  bad: 'error',
  open: 'question',
};

/** Three answers side by side, and what the map shows: never one score. */
export function verdictCards(audit: Audit): HTMLElement {
  return verdictCardRow(
    cardsOf(audit).map(({ tone, ...card }) => ({
      ...card,
      sign: [tone, card.name === 'mapArtefact' ? 'info' : ICONS[tone]],
    })),
  );
}
