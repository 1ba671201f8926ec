import { button, element, label } from '../element.ts';

export type Tab = 'map' | 'audit' | 'evaluation' | 'dataset' | 'classes' | 'compare' | 'runs';

const LABELS: Readonly<Record<Tab, string>> = {
  map: 'Map',
  audit: 'Audit',
  evaluation: 'Evaluation',
  dataset: 'Dataset',
  classes: 'Classes',
  compare: 'Compare',
  runs: 'Runs',
};
const order: readonly Tab[] = ['map', 'audit', 'evaluation', 'dataset', 'classes', 'compare', 'runs'];

export function isTab(value: unknown): value is Tab {
  return order.some((tab) => tab === value);
}

/** The tab a key goes to from `tab`: the one beside it, the first or the last. */
function neighbour(tab: Tab, key: string): Tab | undefined {
  const at = order.indexOf(tab);
  if (key === 'ArrowLeft') return order.at(at - 1);
  if (key === 'ArrowRight') return order[(at + 1) % order.length];
  if (key === 'Home') return order[0];
  return key === 'End' ? order.at(-1) : undefined;
}

/** Which of the views is in front; arrow keys, Home and End go between them, as in every tab list. */
export class Tabs {
  readonly root = element('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' });
  readonly #buttons = new Map<Tab, HTMLButtonElement>();

  constructor(private readonly chosen: (tab: Tab) => void) {
    for (const tab of order) {
      const made = button(
        { role: 'tab', id: `tab-${tab}`, 'aria-controls': `view-${tab}` },
        () => this.chosen(tab),
        LABELS[tab],
      );
      made.addEventListener('keydown', (event) => {
        const next = neighbour(tab, event.key);
        if (!next) return;
        event.preventDefault();
        this.chosen(next);
        this.#buttons.get(next)!.focus();
      });
      this.#buttons.set(tab, made);
      this.root.append(made);
    }
  }

  show(front: Tab): void {
    for (const [tab, made] of this.#buttons) {
      label(made, 'aria-selected', String(tab === front));
      made.tabIndex = tab === front ? 0 : -1;
    }
  }
}
