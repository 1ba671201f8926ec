import { formatShare } from '../../src/format.ts';
import { button, element, icon, label, replace } from '../element.ts';
import { formatProbability } from '../format.ts';
import { cutName } from './cutName.ts';
import type { Column, Entry, Order } from './entries.ts';

/** Pixels; the style sheet has the same. */
const rowHeight = 26;
/** Rows above and below what is seen. */
const margin = 6;

/** What the list shows of an instance beside its map. The style sheet leaves some out where there is no room. */
export const columns: readonly (readonly [Exclude<Column, 'file'>, string, string])[] = [
  ['id', 'instance', 'Name of the instance'],
  ['predicted', 'predicted', 'The class the model answers'],
  ['p', 'p', 'Probability of that class'],
  ['label', 'label', 'As the file has it'],
  ['length', 'steps', 'Real steps'],
  ['padding', 'padding', 'Share of |map| on padding'],
  ['flips', 'flips', 'Changes of the padding under which the answer flips; the audit tells'],
];

interface GridEvents {
  sort(order: Order): void;
  /** An instance was gone to with the keys or the pointer. */
  go(entry: Entry): void;
  /** Its map is wanted. */
  open(entry: Entry): void;
  picture(entry: Entry): HTMLElement;
}

/** The list itself: only the rows that are seen exist, so that ten thousand are no burden. */
export class InstanceGrid {
  readonly #head = element('div', { class: 'grid-head', role: 'row' });
  readonly #rows = element('div', { class: 'grid-rows', role: 'rowgroup' });
  readonly root = element(
    'div',
    { class: 'instance-grid', id: 'instance-grid', role: 'grid', tabindex: 0, 'aria-label': 'Instances' },
    element('div', { role: 'rowgroup', class: 'grid-top' }, this.#head),
    this.#rows,
  );
  #entries: readonly Entry[] = [];
  #current = -1;
  /** Where it was walked from and to while the pictures are still on their way. */
  readonly #walked = new Set<number>();
  #drawn = '';

  constructor(private readonly events: GridEvents) {
    this.root.addEventListener('scroll', () => this.#draw());
    this.root.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.root);
  }

  show(entries: readonly Entry[], order: Order): void {
    this.#entries = entries;
    this.#drawn = '';
    replace(
      this.#head,
      element('span', { role: 'columnheader', class: 'cell-map' }, 'map'),
      ...this.#titles(order),
    );
    label(this.root, 'aria-rowcount', entries.length + 1);
    this.#rows.style.height = `${entries.length * rowHeight}px`;
    this.#draw();
  }

  /** The instance whose picture stands, by its position in the file. One that a held key has left behind is none to go back to. */
  mark(index: number): void {
    if (index !== this.#current && this.#walked.has(index)) return;
    this.#walked.clear();
    this.#stand(index);
  }

  #go(entry: Entry): void {
    const { index } = entry.instance;
    this.#walked.add(this.#current).add(index);
    this.#stand(index);
    this.events.go(entry);
  }

  #stand(index: number): void {
    if (index === this.#current) return;
    this.#current = index;
    this.#drawn = '';
    this.#bring();
    this.#draw();
  }

  #titles(order: Order): HTMLElement[] {
    return columns.map(([column, name, title]) => {
      const on = order.column === column;
      const sort = on ? (order.descending ? 'descending' : 'ascending') : 'none';
      return element(
        'span',
        { role: 'columnheader', 'aria-sort': sort, class: `cell-${column}` },
        button(
          { class: 'sort', title, 'data-column': column },
          () => this.events.sort({ column, descending: on && !order.descending }),
          name,
          on && icon(order.descending ? 'arrow-down' : 'arrow-up'),
        ),
      );
    });
  }

  get #at(): number {
    return this.#entries.findIndex(({ instance }) => instance.index === this.#current);
  }

  /** Scrolls just far enough for the current row to be seen. */
  #bring(): void {
    const at = this.#at;
    if (at < 0) return;
    const [top, bottom] = [at * rowHeight, (at + 2) * rowHeight];
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (bottom > this.root.scrollTop + this.root.clientHeight)
      this.root.scrollTop = bottom - this.root.clientHeight;
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.root;
    if (!clientHeight) return;
    const from = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
    const to = Math.min(this.#entries.length, Math.ceil((scrollTop + clientHeight) / rowHeight) + margin);
    const drawn = `${from} ${to}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    replace(this.#rows, ...this.#entries.slice(from, to).map((entry, i) => this.#row(entry, from + i)));
    const at = this.#at;
    if (at >= from && at < to) label(this.root, 'aria-activedescendant', `instance-row-${at}`);
    else this.root.removeAttribute('aria-activedescendant');
  }

  #row(entry: Entry, at: number): HTMLElement {
    const { instance, predicted, padding, flips, reasons } = entry;
    const wrong = instance.correct === false;
    const texts: Readonly<Record<string, string>> = {
      id: instance.id,
      predicted,
      p: formatProbability(instance.probability),
      label: instance.label ?? '–',
      length: String(instance.length),
      padding: padding === null ? '–' : formatShare(padding),
      flips: flips === null ? '–' : String(flips.length),
    };
    const titles: Readonly<Record<string, string | undefined>> = {
      id: [instance.id, ...reasons].join(' '),
      flips: flips?.join(', '),
      label: wrong ? 'Label and prediction differ' : undefined,
    };
    const isCurrent = instance.index === this.#current;
    const row = element(
      'div',
      {
        title: columns.map(([column, name]) => `${name} ${texts[column]}`).join(' · '),
        role: 'row',
        class: `grid-row${wrong ? ' wrong' : ''}`,
        id: `instance-row-${at}`,
        'aria-rowindex': at + 2,
        'aria-selected': String(isCurrent),
        'data-instance': instance.index,
      },
      element('span', { role: 'gridcell', class: 'cell-map' }, this.events.picture(entry)),
      ...columns.map(([column]) =>
        element(
          'span',
          { role: 'gridcell', class: `cell-${column}`, title: titles[column] ?? texts[column] },
          column === 'label' && wrong && icon('warning'),
          // Where there is no room for the label.
          column === 'predicted' && wrong && element('span', { class: 'wrong-sign' }, icon('warning')),
          ...(column === 'id' ? cutName(instance.id, reasons.length > 0) : [texts[column]]),
        ),
      ),
    );
    row.style.transform = `translateY(${at * rowHeight}px)`;
    row.addEventListener('click', () => this.#go(entry));
    row.addEventListener('dblclick', () => this.events.open(entry));
    return row;
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.root || event.ctrlKey || event.metaKey || event.altKey) return;
    const [at, last] = [this.#at, this.#entries.length - 1];
    const page = Math.max(1, Math.floor(this.root.clientHeight / rowHeight) - 2);
    const to: Readonly<Record<string, number>> = {
      ...{ ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, Home: 0, End: last },
      ...{ PageDown: at + page, PageUp: at - page },
    };
    const next = to[event.key];
    const entry = this.#entries[Math.max(0, Math.min(next ?? at, last))];
    if (!entry || (next === undefined && event.key !== 'Enter')) return;
    event.preventDefault();
    if (next === undefined) this.events.open(entry);
    else if (entry.instance.index !== this.#current) this.#go(entry);
  }
}
