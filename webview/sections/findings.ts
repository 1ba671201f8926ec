import type { Finding } from '../../src/finding.ts';
import type { PanelView, ReadingTopic } from '../../src/views/panel/contract.ts';
import { button, element, icon, label, replace } from '../element.ts';
import { fixFor } from './fixes.ts';
import type { Section } from './section.ts';

const names = { warning: 'Warnings', info: 'Notes' } as const satisfies Record<Finding['severity'], string>;

/** What is worth knowing beside the result, one sentence each: warnings in one line over the map, notes under it. */
export class Findings implements Section {
  readonly root: HTMLElement;
  readonly #foldable: boolean;
  #open = false;

  constructor(
    private readonly severity: Finding['severity'],
    private readonly fix: (topic: ReadingTopic) => void,
  ) {
    const name = names[severity];
    this.#foldable = severity === 'warning';
    this.root = element('ul', { class: 'findings', id: name.toLowerCase(), 'aria-label': name });
  }

  show({ explanation }: PanelView): void {
    const mine = explanation.findings.filter(({ severity }) => severity === this.severity);
    this.root.hidden = mine.length === 0;
    replace(
      this.root,
      ...mine.map((finding) => {
        const topic = fixFor(finding.code);
        const item = findingItem(finding);
        if (topic) item.append(this.#button(finding.code, topic));
        return item;
      }),
    );
    if (this.#foldable && mine.length) this.root.firstElementChild!.append(this.#more(mine.length));
    this.#fold();
  }

  #button(code: string, topic: ReadingTopic): HTMLElement {
    const title = 'Shows what can be set instead, and what each choice gives, before anything is written';
    return button({ class: 'link fix', id: `fix-${code}`, title }, () => this.fix(topic), 'Fix…');
  }

  #more(count: number): HTMLElement {
    const turn = () => {
      this.#open = !this.#open;
      this.#fold();
    };
    const words = count > 1 ? `${count} warnings` : 'Whole warning';
    const made = { class: 'text-button unfold', id: 'unfold-warnings', 'aria-label': words, title: words };
    return button(made, turn, count > 1 && String(count), icon('chevron-down'));
  }

  #fold(): void {
    this.root.classList.toggle('folded', this.#foldable && !this.#open);
    const more = this.root.querySelector('.unfold');
    if (more) label(more, 'aria-expanded', String(this.#open));
  }
}

/** One finding of a list. */
export function findingItem({ severity, sentence, code }: Finding): HTMLElement {
  const spoken = severity === 'warning' ? 'Warning: ' : 'Note: ';
  return element(
    'li',
    { class: `finding ${severity}`, 'data-code': code },
    icon(severity),
    element('span', { class: 'sentence' }, element('span', { class: 'spoken' }, spoken), sentence),
  );
}
