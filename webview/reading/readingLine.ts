import type { ReadingView } from '../../src/views/panel/contract.ts';
import { button, element, icon, replace } from '../element.ts';
import { shapeWords } from './words.ts';

/** How the file was read, in one line under the map; its button leads to the reasons. */
export class ReadingLine {
  readonly root = element('p', { class: 'reading-line', id: 'reading-line', hidden: true });

  constructor(private readonly open: () => void) {}

  show({ plan, facts }: ReadingView): void {
    this.root.hidden = plan === null;
    if (!plan) return;
    const said = (topic: string, before: string) => {
      const words = facts.find((fact) => fact.topic === topic)?.words;
      return words === undefined ? [] : [`${before}${words}`];
    };
    const parts = [
      shapeWords(plan),
      ...said('layout', ''),
      ...said('label', 'label: '),
      ...said('mask', 'real steps: '),
      ...said('standardise', 'standardised: '),
    ];
    replace(
      this.root,
      icon('table'),
      element(
        'span',
        {},
        ...[element('b', {}, 'Read as '), parts.join(' · '), ' '],
        button({ class: 'link', id: 'open-reading' }, this.open, 'How this file was read…'),
      ),
    );
  }
}
