import { button, element, label } from './element.ts';

/** Which of the views is in front; arrow keys, Home and End go between them, as in every tab list. */
export class Tabs<Id extends string> {
  readonly root = element('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' });
  readonly #buttons = new Map<Id, HTMLButtonElement>();

  /** @param labels by the ids of the views, in the order of the tabs */
  constructor(
    labels: readonly (readonly [Id, string])[],
    private readonly chosen: (id: Id) => void,
  ) {
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
      this.root.append(made);
    }
  }

  show(front: Id): void {
    for (const [id, made] of this.#buttons) {
      label(made, 'aria-selected', String(id === front));
      made.tabIndex = id === front ? 0 : -1;
    }
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
