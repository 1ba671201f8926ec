import { element } from '../element.ts';
import type { Cell } from '../map/cell.ts';
import { edgeAt } from '../map/hit.ts';
import { everything, panned, showing, type Visible, zoomed } from '../map/visible.ts';
import { listen } from '../stage/gestures.ts';
import { listenToKeys } from '../stage/keyboard.ts';
import type { Theme } from '../theme.ts';
import { MapPane } from './mapPane.ts';

/** Said of every map of a view, which holds it once under the id MapPane refers to. */
export const mapsHelp =
  'Arrow keys walk the cells of all maps at once, with Shift ten at a time; plus and minus zoom, 0 shows everything, Escape leaves.';

/** Maps side by side: one zoom, one cursor. */
export class LinkedPanes {
  readonly panes: readonly MapPane[];
  readonly root: HTMLElement;
  #theme: Theme;
  #columns = 1;
  #visible: Visible = everything(1);
  #cell: Cell = { step: 0, feature: 0 };
  #frame = 0;
  #width = 0;

  constructor(
    ids: readonly string[],
    theme: Theme,
    /** The cell to be read out; walked to with the keys, it is spoken too. */
    private readonly at: (cell: Cell | null, walked: boolean) => void,
  ) {
    this.#theme = theme;
    this.panes = ids.map((id) => new MapPane(id, theme));
    this.root = element('div', { class: 'panes' }, ...this.panes.map(({ root }) => root));
    for (const pane of this.panes) this.#listen(pane);
  }

  /** After the panes were given other maps. */
  restart(columns: number): void {
    if (columns !== this.#columns) {
      this.#visible = everything(columns);
      this.#cell = { step: 0, feature: 0 };
    }
    this.#columns = columns;
  }

  draw(theme: Theme): void {
    this.#theme = theme;
    this.#width = this.root.clientWidth;
    const left = this.panes[0]?.root.offsetLeft;
    const named = this.panes.filter(({ root }) => root.offsetLeft === left);
    // Maps under each other have their steps under each other.
    const gutter = Math.max(0, ...named.map((pane) => pane.gutter(theme)));
    for (const pane of this.panes) pane.draw(theme, this.#visible, named.includes(pane) ? gutter : null);
    this.#after();
  }

  resized(): void {
    if (this.root.clientWidth !== this.#width) this.draw(this.#theme);
  }

  #after(): void {
    this.root.dataset.zoom = `${Math.round(this.#visible.from)}-${Math.round(this.#visible.to)}`;
    this.#point(null);
  }

  #lookAt(visible: Visible): boolean {
    if (visible.from === this.#visible.from && visible.to === this.#visible.to) return false;
    this.#visible = visible;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const pane of this.panes) pane.move(this.#visible);
      this.#after();
    });
    return true;
  }

  #listen(pane: MapPane): void {
    const zoom = (edge: number, factor: number) =>
      this.#lookAt(zoomed(this.#visible, this.#columns, edge, factor));
    const reset = () => void this.#lookAt(everything(this.#columns));
    listen(pane.stage, {
      zoom: (x, factor) => zoom(edgeAt(x, pane.span, this.#visible), factor),
      pan: (pixels) => {
        const perPixel = (this.#visible.to - this.#visible.from) / pane.span.width;
        return this.#lookAt(panned(this.#visible, this.#columns, pixels * perPixel));
      },
      reset,
      hover: (x, y) => this.#point(pane.cellAt(x, y)),
      leave: () => this.#point(null),
      click: (x, y) => {
        this.#cell = pane.cellAt(x, y) ?? this.#cell;
      },
    });
    listenToKeys(pane.canvas, {
      cell: () => this.#cell,
      grid: () => ({
        rows: pane.rows,
        columns: this.#columns,
        page: Math.max(1, Math.round((this.#visible.to - this.#visible.from) / 2)),
      }),
      go: (cell) => {
        this.#cell = cell;
        this.#lookAt(showing(this.#visible, this.#columns, cell.step));
        this.#walkTo(cell);
      },
      reveal: () => {},
      leave: () => pane.canvas.blur(),
      zoom: (factor) => void zoom(this.#cell.step + 0.5, factor),
      reset,
      toggleSignal: () => {},
    });
    pane.canvas.addEventListener('focus', () => {
      if (pane.canvas.matches(':focus-visible')) this.#walkTo(this.#cell);
    });
    pane.canvas.addEventListener('blur', () => this.#point(null));
  }

  #walkTo(cell: Cell): void {
    for (const pane of this.panes) pane.frame(cell);
    this.at(cell, true);
  }

  /** Where nothing is pointed at, the cell the keys stand on stays framed while a map has the focus. */
  #point(cell: Cell | null): void {
    const focused = this.panes.some(({ canvas }) => canvas === document.activeElement);
    const shown = cell ?? (focused ? this.#cell : null);
    for (const pane of this.panes) pane.frame(shown);
    this.at(shown, false);
  }
}
