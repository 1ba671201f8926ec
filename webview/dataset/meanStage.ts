import { FEW, type MeanMap, type Overview } from '../../src/overview/overview.ts';
import { groupName } from '../../src/overview/words.ts';
import { colourRange } from '../../src/raster/colourRange.ts';
import type { MapDrawing } from '../chart/paddingMarks.ts';
import { MapPane } from '../compare/mapPane.ts';
import { element } from '../element.ts';
import type { Cell } from '../map/cell.ts';
import { edgeAt, xOf } from '../map/hit.ts';
import { boundaries, paddingRuns } from '../map/runs.ts';
import { everything, panned, showing, type Visible, zoomed } from '../map/visible.ts';
import { listen } from '../stage/gestures.ts';
import { listenToKeys } from '../stage/keyboard.ts';
import type { Theme } from '../theme.ts';
import { Support, TimeProfile } from './linePlots.ts';
import { groupOf, type Shown } from './shown.ts';
import { ticksOf } from './ticks.ts';

const help =
  'Arrow keys walk the cells, with Shift ten at a time; plus and minus zoom, 0 shows everything, Escape leaves.';
const right = 12;

/** The mean map with its time profile and the number of instances per column, on one step axis. */
export class MeanStage {
  readonly #drawing: MapDrawing;
  readonly #profile: TimeProfile;
  readonly #support: Support;
  readonly #pane: MapPane;
  readonly #line = element('div', { class: 'dataset-line', hidden: true });
  readonly root: HTMLElement;
  #map: MeanMap | null = null;
  #cell: Cell = { step: 0, feature: 0 };
  #frame = 0;

  constructor(
    theme: Theme,
    /** The cell to be read out; walked to with the keys, it is spoken too. */
    private readonly at: (cell: Cell | null, walked: boolean) => void,
  ) {
    this.#drawing = { scene: { rows: 1, padding: [], boundaries: [] }, theme, visible: everything(1) };
    this.#profile = new TimeProfile(this.#drawing);
    this.#support = new Support(this.#drawing);
    this.#pane = new MapPane('dataset-mean', theme, 'dataset-help');
    this.root = element(
      'div',
      { class: 'mean-stage' },
      this.#profile.root,
      this.#support.root,
      this.#pane.root,
      this.#line,
      element('p', { class: 'spoken', id: 'dataset-help' }, help),
    );
    this.#listen();
  }

  show(overview: Overview, shown: Shown): void {
    const group = groupOf(overview, shown);
    const map = group.maps[shown.alignment][shown.scale];
    const mask = Uint8Array.from(map.n, (n) => (n >= FEW ? 1 : 0));
    const raster = { rows: map.rows, columns: map.columns, values: map.mean };
    const features = overview.features ?? ['all'];
    const size = map.rows > 1 ? `${map.rows} features by ${map.columns} columns` : `${map.columns} columns`;
    this.#pane.show('', '', {
      raster,
      range: colourRange(raster, mask, true),
      mask,
      zones: [],
      pooling: { columns: shown.alignment === 'start' ? overview.stepsPerColumn : 1, rows: 1 },
      features,
      ticks: ticksOf(shown.alignment, map.columns, overview.stepsPerColumn),
      label: `Mean map of ${groupName(group)}, ${size}`,
    });
    this.#drawing.scene = { rows: 1, padding: paddingRuns(mask, []), boundaries: boundaries(mask) };
    if (map.columns !== this.#map?.columns) {
      this.#drawing.visible = everything(map.columns);
      this.#cell = { step: 0, feature: 0 };
    }
    this.#map = map;
  }

  draw(theme: Theme): void {
    this.#drawing.theme = theme;
    const map = this.#map;
    if (!map || !this.root.clientWidth) return;
    this.#pane.draw(theme, this.#drawing.visible, this.#pane.gutter(theme));
    const size = { width: this.root.clientWidth, gutter: this.#pane.span.left, right };
    this.#profile.draw(map, size);
    this.#support.draw(map, size);
    this.#after();
  }

  #after(): void {
    const { from, to } = this.#drawing.visible;
    this.root.dataset.zoom = `${Math.round(from)}-${Math.round(to)}`;
    this.#point(null);
  }

  #lookAt(visible: Visible): boolean {
    const now = this.#drawing.visible;
    if (visible.from === now.from && visible.to === now.to) return false;
    this.#drawing.visible = visible;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#profile.move();
      this.#support.move();
      this.#pane.move(this.#drawing.visible);
      this.#after();
    });
    return true;
  }

  get #columns(): number {
    return this.#map?.columns ?? 1;
  }

  #listen(): void {
    const pane = this.#pane;
    const zoom = (edge: number, factor: number) =>
      this.#lookAt(zoomed(this.#drawing.visible, this.#columns, edge, factor));
    const reset = () => void this.#lookAt(everything(this.#columns));
    listen(pane.stage, {
      zoom: (x, factor) => zoom(edgeAt(x, pane.span, this.#drawing.visible), factor),
      pan: (pixels) => {
        const { from, to } = this.#drawing.visible;
        const by = (pixels * (to - from)) / pane.span.width;
        return this.#lookAt(panned(this.#drawing.visible, this.#columns, by));
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
      grid: () => {
        const { from, to } = this.#drawing.visible;
        return { rows: pane.rows, columns: this.#columns, page: Math.max(1, Math.round((to - from) / 2)) };
      },
      go: (cell) => {
        this.#cell = cell;
        this.#lookAt(showing(this.#drawing.visible, this.#columns, cell.step));
        this.#mark(cell);
        this.at(cell, true);
      },
      reveal: () => {},
      leave: () => pane.canvas.blur(),
      zoom: (factor) => void zoom(this.#cell.step + 0.5, factor),
      reset,
      toggleSignal: () => {},
    });
    pane.canvas.addEventListener('focus', () => {
      if (!pane.canvas.matches(':focus-visible')) return;
      this.#mark(this.#cell);
      this.at(this.#cell, true);
    });
    pane.canvas.addEventListener('blur', () => this.#point(null));
  }

  /** Where nothing is pointed at, the cell the keys stand on stays framed while the map has the focus. */
  #point(cell: Cell | null): void {
    const shown = cell ?? (document.activeElement === this.#pane.canvas ? this.#cell : null);
    this.#mark(shown);
    this.at(shown, false);
  }

  #mark(cell: Cell | null): void {
    this.#pane.frame(cell);
    this.#line.hidden = cell === null;
    if (!cell) return;
    const x = xOf(cell.step + 0.5, this.#pane.span, this.#drawing.visible);
    this.#line.style.transform = `translateX(${Math.round(x)}px)`;
  }
}
