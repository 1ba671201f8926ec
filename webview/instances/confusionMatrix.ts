import { formatShare } from '../../src/format.ts';
import { button, element, label, replace } from '../element.ts';
import {
  type ConfusedPair,
  type Confusion,
  confusionOf,
  isTable,
  mistakes,
  pairKey,
  rightOf,
} from './confusion.ts';
import type { Entry, Filter } from './entries.ts';

/** Labels against predictions in numbers; each filters the list. Of many classes the most frequent mistakes only. */
export class ConfusionMatrix {
  readonly root = element('div', { class: 'confusion-place' });
  /** By their keys, in the order of the arrow keys. */
  readonly #buttons = new Map<string, HTMLButtonElement>();

  constructor(private readonly choose: (cell: Filter['cell']) => void) {
    this.root.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Empty where there is nothing to compare. */
  show(entries: readonly Entry[], classes: readonly string[]): void {
    this.#buttons.clear();
    const confusion = confusionOf(entries, classes);
    replace(this.root, confusion && (isTable(confusion) ? this.#table(confusion) : this.#list(confusion)));
    this.#stop([...this.#buttons.values()][0]);
  }

  /** The cell the list is filtered by. */
  mark(cell: Filter['cell']): void {
    for (const [key, made] of this.#buttons) {
      label(made, 'aria-pressed', String(cell !== null && key === pairKey(cell)));
    }
  }

  #table(confusion: Confusion): HTMLElement {
    const { rows, columns, pairs } = confusion;
    const head = (name: string) => element('th', { scope: 'col', title: name }, name);
    const row = (label: string) => {
      const { right, of } = rightOf(confusion, label);
      const cells = columns.map((predicted) => {
        const pair = pairs.get(pairKey({ label, predicted }));
        if (!pair) return element('td', { class: 'none' }, element('span', { class: 'confusion-cell' }, 0));
        const cell = element('td', { class: kindOf(pair) }, this.#button(pair, String(pair.n)));
        cell.style.setProperty('--share', `${Math.round((100 * pair.n) / of)}%`);
        return cell;
      });
      const share = element(
        'td',
        { class: 'confusion-right', title: `${right} of ${of}` },
        formatShare(right / of),
      );
      return element('tr', {}, element('th', { scope: 'row', title: label }, label), ...cells, share);
    };
    return element(
      'table',
      { class: 'confusion', id: 'confusion' },
      element('caption', {}, 'labelled ↓ predicted →'),
      element('thead', {}, element('tr', {}, element('td'), ...columns.map(head), head('right'))),
      element('tbody', {}, ...rows.map(row)),
    );
  }

  #list(confusion: Confusion): HTMLElement | null {
    const most = mistakes(confusion);
    const entry = (pair: ConfusedPair) =>
      element('li', { class: 'wrong' }, this.#button(pair, `${pair.label} → ${pair.predicted} · ${pair.n}`));
    if (most.length === 0) return null;
    const title = element(
      'span',
      { id: 'mistakes-title', class: 'dim' },
      'Most frequent mistakes, label → answer:',
    );
    const list = element(
      'ul',
      { class: 'mistakes', 'aria-labelledby': 'mistakes-title' },
      ...most.map(entry),
    );
    return element('div', { id: 'mistakes' }, title, list);
  }

  #button(pair: ConfusedPair, text: string): HTMLButtonElement {
    const { label, predicted, n } = pair;
    const words = `${n} labelled ${label}, predicted ${predicted}`;
    const made: HTMLButtonElement = button(
      { class: 'confusion-cell', 'aria-pressed': 'false', 'aria-label': words, title: words },
      () => {
        this.#stop(made);
        this.choose(made.getAttribute('aria-pressed') === 'true' ? null : { label, predicted });
      },
      text,
    );
    this.#buttons.set(pairKey(pair), made);
    return made;
  }

  /** One stop of the Tab key; from there arrow keys lead on. */
  #stop(at: HTMLButtonElement | undefined): void {
    for (const made of this.#buttons.values()) made.tabIndex = made === at ? 0 : -1;
  }

  #key(event: KeyboardEvent): void {
    const all = [...this.#buttons.values()];
    const from = all.indexOf(event.target as HTMLButtonElement);
    if (from < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = { ArrowLeft: all[from - 1], ArrowRight: all[from + 1], Home: all[0], End: all.at(-1) };
    const to = { ...next, ArrowUp: below(all, from, -1), ArrowDown: below(all, from, 1) }[event.key];
    if (!to) return;
    event.preventDefault();
    this.#stop(to);
    to.focus();
  }
}

function kindOf({ right }: ConfusedPair): string {
  return right === null ? 'unknown' : right ? 'right' : 'wrong';
}

/** The nearest in the rows above or below, by where it stands on the screen. */
function below(all: readonly HTMLButtonElement[], from: number, by: 1 | -1): HTMLButtonElement | undefined {
  const boxes = all.map((one) => one.getBoundingClientRect());
  const own = boxes[from]!;
  const far = (at: number) => {
    const { x, y } = boxes[at]!;
    return 1000 * Math.abs(y - own.y) + Math.abs(x - own.x);
  };
  const there = [...all.keys()].filter((at) => by * (boxes[at]!.y - own.y) > 2);
  const nearest = there.sort((a, b) => far(a) - far(b))[0];
  return nearest === undefined ? undefined : all[nearest];
}
