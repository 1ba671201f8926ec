import { button, element, icon, replace, say } from '../element.ts';
import type { Cell } from '../map/cell.ts';
import type { PageScene } from '../scene.ts';
import { ChipSelect } from '../sections/chip.ts';
import { factsOf, pageCells, pageSize, rowCount, type TableKind, tableColumns } from './rows.ts';

const names: Record<TableKind, string> = {
  strongest: 'strongest cells',
  steps: 'all steps in order',
  step: 'all features at one step',
};

/** The same numbers as the picture, as a real table, a page at a time. */
export class TableView {
  readonly #kind = new ChipSelect('table-kind', 'list', () => this.#restart());
  readonly #step = element('input', { id: 'table-step', type: 'number', min: 0, 'aria-label': 'Step' });
  readonly #pages = element('span', { class: 'dim', id: 'table-pages', role: 'status' });
  readonly #before: HTMLButtonElement;
  readonly #after: HTMLButtonElement;
  readonly #table = element('table', { id: 'numbers' });
  readonly root: HTMLElement;
  #scene: PageScene | null = null;
  #page = 0;

  constructor(private readonly reveal: (cell: Cell) => void) {
    const turn = (by: number) => () => {
      this.#page += by;
      this.#draw();
    };
    this.#before = button(
      { class: 'icon-button', 'aria-label': 'Previous page' },
      turn(-1),
      icon('chevron-left'),
    );
    this.#after = button({ class: 'icon-button', 'aria-label': 'Next page' }, turn(1), icon('chevron-right'));
    this.#step.addEventListener('change', () => this.#restart());
    const bar = element(
      'div',
      { class: 'table-bar' },
      this.#kind.root,
      this.#step,
      this.#before,
      this.#pages,
      this.#after,
    );
    this.root = element(
      'section',
      { class: 'table-view', id: 'table', 'aria-label': 'Numbers' },
      bar,
      this.#table,
    );
  }

  show(scene: PageScene): void {
    const kinds: TableKind[] = scene.rows > 1 ? ['strongest', 'steps', 'step'] : ['strongest', 'steps'];
    const before = kinds.find((kind) => kind === this.#kind.value) ?? 'strongest';
    this.#kind.fill(
      kinds.map((kind) => ({ value: kind, text: names[kind] })),
      before,
    );
    this.#step.max = String(scene.columns - 1);
    this.#scene = scene;
    this.#restart();
  }

  #restart(): void {
    this.#page = 0;
    this.#draw();
  }

  #draw(): void {
    const scene = this.#scene;
    if (!scene) return;
    const kind = this.#kind.value as TableKind;
    const count = rowCount(scene, kind);
    const pages = Math.max(1, Math.ceil(count / pageSize));
    this.#page = Math.max(0, Math.min(pages - 1, this.#page));
    this.#step.hidden = kind !== 'step';
    const step = Math.max(0, Math.min(scene.columns - 1, Math.trunc(Number(this.#step.value)) || 0));
    this.#step.value = String(step);
    this.#before.disabled = this.#page === 0;
    this.#after.disabled = this.#page === pages - 1;
    const first = this.#page * pageSize;
    say(
      this.#pages,
      count
        ? `${first + 1}–${Math.min(count, first + pageSize)} of ${count}`
        : 'nothing to list: the map is zero everywhere',
    );
    this.#fill(scene, kind, pageCells(scene, kind, this.#page, step));
  }

  #fill(scene: PageScene, kind: TableKind, cells: readonly Cell[]): void {
    const columns = tableColumns(scene, kind);
    const align = (number?: boolean) => (number ? 'number' : undefined);
    const head = columns.map(({ title, number }) =>
      element('th', { scope: 'col', class: align(number) }, title),
    );
    const rows = cells.map((cell) => {
      const facts = factsOf(scene, cell);
      const texts = columns.map(({ title, text, number }) => {
        const words = text(facts);
        const go =
          title === 'step' &&
          button({ class: 'link', title: 'Show the row in the file' }, () => this.reveal(cell), words);
        return element('td', { class: align(number) }, go || words);
      });
      return element('tr', { class: facts.real ? undefined : 'padded' }, ...texts);
    });
    replace(this.#table, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
  }
}
