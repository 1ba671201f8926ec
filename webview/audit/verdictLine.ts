import { cardsOf } from '../../src/padding/verdicts/cards.ts';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { button, element, replace } from '../element.ts';

/** The three answers in one line over the map, once there are any; a click opens the audit. */
export class VerdictLine {
  readonly root = element('p', { class: 'verdict-line', id: 'verdict-line', hidden: true });

  constructor(private readonly open: () => void) {}

  show({ result: audit, outdated }: PanelViews['audit']): void {
    this.root.hidden = audit === null;
    if (!audit) return;
    replace(
      this.root,
      ...cardsOf(audit)
        .filter(({ name }) => name !== 'mapArtefact')
        .map(({ title, answer }) => element('span', {}, `${title} `, element('b', {}, answer))),
      outdated && element('span', { class: 'dim' }, 'out of date'),
      button({ class: 'link' }, this.open, `${audit.instances.length} audited`),
    );
  }
}
