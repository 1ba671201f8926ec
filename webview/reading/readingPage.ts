import type { ReadingAct, ReadingTopic, ReadingView } from '../../src/views/panel/contract.ts';
import { button, element, replace } from '../element.ts';
import type { Page, PageView } from '../pageView.ts';
import { whenFocused } from '../whenFocused.ts';
import { readingCard } from './readingCard.ts';
import { wayCard } from './wayCard.ts';

/** How the file was read: every choice with its reason and a way to change it; the question, where there is one. */
export class ReadingPage implements PageView<ReadingView> {
  readonly #written = element('div', { class: 'reading-written', role: 'status', hidden: true });
  readonly #body = element('div', { class: 'reading-body' });
  readonly root = element('div', { class: 'reading' }, this.#written, this.#body);

  constructor(private readonly page: Page) {
    this.show({ plan: null, facts: [], question: null, written: null });
  }

  show(view: ReadingView): void {
    const { written, taken, question, plan } = view;
    this.#written.hidden = written === null;
    replace(
      this.#written,
      ...(taken === undefined ? [] : [element('strong', { id: 'reading-taken' }, taken)]),
      element('span', {}, 'Written into attribution.json: ', element('code', {}, written)),
      button({ class: 'button secondary', id: 'undo-reading' }, () => this.#act({ do: 'undo' }), 'Undo'),
    );
    const focused = this.root.contains(document.activeElement) ? document.activeElement?.id : undefined;
    if (question) this.#ask(question);
    else if (plan) this.#card(view, plan);
    else replace(this.#body, element('p', { id: 'reading-words' }, 'Nothing has been read yet.'));
    if (focused) whenFocused(() => document.getElementById(focused)?.focus());
  }

  #ask({ sentence, ways }: NonNullable<ReadingView['question']>): void {
    replace(
      this.#body,
      element('h2', { id: 'reading-question' }, 'How is this file meant?'),
      element('p', { class: 'spoken' }, sentence),
      ...ways.map((way, index) => wayCard(way, index, () => this.#act({ do: 'take', way: index }))),
    );
  }

  #card({ facts }: ReadingView, plan: NonNullable<ReadingView['plan']>): void {
    const change = (topic: ReadingTopic) => this.#act({ do: 'change', topic });
    replace(this.#body, ...readingCard(plan, facts, change));
  }

  #act(act: ReadingAct): void {
    this.page.host.send({ kind: 'reading', act });
  }
}
