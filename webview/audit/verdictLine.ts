import type { PanelViews } from '../../src/views/panel/contract.ts';
import { button, element, replace } from '../element.ts';

/** The three answers in one line over the map, once there are any; a click opens the audit. */
export class VerdictLine {
  readonly root = element('p', { class: 'verdict-line', id: 'verdict-line', hidden: true });

  constructor(private readonly open: () => void) {}

  show({ result: audit, outdated }: PanelViews['audit']): void {
    this.root.hidden = audit === null;
    if (!audit) return;
    const { mapArtefact, carrierDependence, lengthEvidence } = audit.verdicts;
    const answer = (title: string, word: string) => element('span', {}, `${title} `, element('b', {}, word));
    replace(
      this.root,
      answer('Map artefact', mapArtefact.answer),
      answer('Carrier dependence', carrierDependence.answer),
      answer('Length evidence', lengthEvidence.answer),
      outdated && element('span', { class: 'dim' }, 'out of date'),
      button({ class: 'link' }, this.open, `${audit.instances.length} audited`),
    );
  }
}
