import { button, element, label, replace, say } from './element.ts';

/**
 * Which of the views is in front; arrow keys, Home and End go between them, as in every tab list. Tabs that do not fit
 * into one line stand in a list at its end.
 */
export class Tabs<Id extends string> {
  readonly #list = element('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' });
  readonly #more = element('select', { class: 'more-views', id: 'more-views', 'aria-label': 'More views' });
  readonly root = element('div', { class: 'tab-bar' }, this.#list, this.#more);
  readonly #buttons = new Map<Id, HTMLButtonElement>();
  #front: Id | undefined;
  #names: ReadonlyMap<Id, string>;

  /** @param labels by the ids of the views, in the order of the tabs */
  constructor(
    private readonly labels: readonly (readonly [Id, string])[],
    private readonly chosen: (id: Id) => void,
  ) {
    this.#names = new Map(labels);
    const order = labels.map(([id]) => id);
    for (const [id, text] of labels) {
      const made = button(
        { role: 'tab', id: `tab-${id}`, 'aria-controls': `view-${id}` },
        () => this.chosen(id),
        text,
      );
      made.addEventListener('keydown', (event) => {
        const next = neighbour(order, id, event.key);
        if (next === undefined) return;
        event.preventDefault();
        this.chosen(next);
        this.#buttons.get(next)!.focus();
      });
      this.#buttons.set(id, made);
      this.#list.append(made);
    }
    this.#more.addEventListener('change', () => this.chosen(this.#more.value as Id));
    new ResizeObserver(() => this.#fit()).observe(this.root);
  }

  show(front: Id): void {
    this.#front = front;
    for (const [id, made] of this.#buttons) {
      label(made, 'aria-selected', String(id === front));
      made.tabIndex = id === front ? 0 : -1;
    }
    this.#fit();
  }

  /** Gives those a name of their own for which there is one; the others have theirs. */
  rename(name: (id: Id) => string | undefined): void {
    this.#names = new Map(this.labels.map(([id, text]) => [id, name(id) ?? text]));
    let isOther = false;
    for (const [id, made] of this.#buttons) {
      const text = this.#names.get(id)!;
      if (made.textContent === text) continue;
      say(made, text);
      isOther = true;
    }
    if (isOther) this.#fit();
  }

  /** The tab in front always stands in the line. */
  #fit(): void {
    const width = this.root.clientWidth;
    if (!width) return;
    for (const made of this.#buttons.values()) made.hidden = false;
    this.#more.hidden = true;
    if (this.#list.scrollWidth <= width) return;
    this.#more.hidden = false;
    const out = new Set<Id>();
    for (const [id] of [...this.labels].reverse()) {
      if (this.#list.scrollWidth <= this.#list.clientWidth) break;
      if (id === this.#front) continue;
      this.#buttons.get(id)!.hidden = true;
      out.add(id);
    }
    const options = [...this.#names].filter(([id]) => out.has(id));
    replace(
      this.#more,
      element('option', { value: '', hidden: true }, `${out.size} more`),
      ...options.map(([id, text]) => element('option', { value: id }, text)),
    );
    this.#more.value = '';
  }
}

/** The tab a key goes to from `id`: the one beside it, the first or the last. */
function neighbour<Id>(order: readonly Id[], id: Id, key: string): Id | undefined {
  const at = order.indexOf(id);
  if (key === 'ArrowLeft') return order.at(at - 1);
  if (key === 'ArrowRight') return order[(at + 1) % order.length];
  if (key === 'Home') return order[0];
  return key === 'End' ? order.at(-1) : undefined;
}
