import type { ReadingAct, ReadingView } from '../../src/views/panel/contract.ts';
import { button, element, replace } from '../element.ts';
import type { Page, PageView } from '../pageView.ts';
import { partsTable } from './partsTable.ts';
import { wayCard } from './wayCard.ts';
import { shapeWords, TITLES } from './words.ts';

/** How the file was read: every choice with its reason and a way to change it; the question, where there is one. */
export class ReadingPage implements PageView<ReadingView> {
  readonly #written = element('div', { class: 'reading-written', role: 'status', hidden: true });
  readonly #body = element('div', { class: 'reading-body' });
  readonly root = element('div', { class: 'reading' }, this.#written, this.#body);

  constructor(private readonly page: Page) {
    this.show({ plan: null, facts: [], question: null, written: null });
  }

  show(view: ReadingView): void {
    const { written, question, plan } = view;
    this.#written.hidden = written === null;
    replace(
      this.#written,
      element('span', {}, 'Written into attribution.json: ', element('code', {}, written)),
      button({ class: 'button secondary', id: 'undo-reading' }, () => this.#act({ do: 'undo' }), 'Undo'),
    );
    const focused = this.root.contains(document.activeElement) ? document.activeElement?.id : undefined;
    if (question) this.#ask(question);
    else if (plan) this.#card(view, plan);
    else replace(this.#body, element('p', { id: 'reading-words' }, 'Nothing has been read yet.'));
    if (focused) document.getElementById(focused)?.focus();
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
    replace(
      this.#body,
      element('h2', {}, 'How this file was read'),
      element('p', { id: 'reading-words' }, element('b', {}, shapeWords(plan)), tableWords(plan)),
      element(
        'dl',
        { class: 'reading-facts' },
        ...facts.flatMap(({ topic, words, why }) => [
          element('dt', {}, TITLES[topic]),
          element(
            'dd',
            { id: `reading-${topic}` },
            element('span', {}, words, ' ', element('span', { class: 'dim' }, `(${why})`)),
            button(
              { class: 'link', 'aria-label': `Change: ${TITLES[topic]}`, id: `change-${topic}` },
              () => this.#act({ do: 'change', topic }),
              'Change…',
            ),
          ),
        ]),
      ),
      plan.parts.length > 0 && element('h3', {}, 'Columns and arrays'),
      plan.parts.length > 0 && partsTable(plan),
      plan.parts.length > 0 &&
        button(
          { class: 'button secondary', id: 'change-columns' },
          () => this.#act({ do: 'change', topic: 'columns' }),
          'Change Columns…',
        ),
    );
  }

  #act(act: ReadingAct): void {
    this.page.host.send({ kind: 'reading', act });
  }
}

function tableWords({ table }: NonNullable<ReadingView['plan']>): string {
  if (!table) return '';
  const names: Readonly<Record<string, string>> = { ' ': 'blanks', '\t': 'tabs' };
  const { delimiter, decimal, skipped, header, units } = table;
  return ` · ${[
    `cut at ${names[delimiter] ?? `"${delimiter}"`}`,
    decimal === ',' ? 'decimal comma' : '',
    header.length > 0 ? `names on line ${header.join(' and ')}` : 'no names',
    skipped > 0 ? `${skipped} lines before them` : '',
    units === undefined ? '' : `units on line ${units}`,
  ]
    .filter(Boolean)
    .join(', ')}`;
}
