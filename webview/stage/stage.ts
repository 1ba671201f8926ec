import { targetTitle } from '../../src/attribution/targetTitle.ts';
import { type Pooling, strongestInBlock } from '../../src/raster/pool.ts';
import type { PanelLook } from '../../src/views/panel/contract.ts';
import type { Drawing } from '../chart/paddingMarks.ts';
import { element, label } from '../element.ts';
import type { Cell } from '../map/cell.ts';
import { columnAt, edgeAt, rowAt, xOf } from '../map/hit.ts';
import {
  asZoom,
  everything,
  fromZoom,
  isEverything,
  panned,
  showing,
  type Visible,
  zoomed,
} from '../map/visible.ts';
import type { Scene } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { listen } from './gestures.ts';
import { keyHelp, listenToKeys } from './keyboard.ts';
import { Overlay } from './overlay.ts';
import { Plots } from './plots.ts';
import { ZoneStrip } from './zoneStrip.ts';

interface StageEvents {
  /** The cell to be read out: under the pointer, or walked to with the keys (then it is spoken too). */
  at(cell: Cell | null, walked: boolean): void;
  reveal(cell: Cell): void;
  zoomed(zoom: readonly [number, number] | null): void;
  toggleSignal(feature: number): void;
  /** After every frame. */
  drawn(visible: Visible, pooling: Pooling): void;
}

/** All that is drawn over the step axis, with one zoom and one cursor. */
export class Stage {
  readonly root = element('div', { class: 'stage', id: 'stage' });
  readonly #drawing: Drawing;
  readonly #plots: Plots;
  readonly #strip = new ZoneStrip();
  readonly #overlay = new Overlay();
  #look: PanelLook;
  /** Where the keys stand. */
  #cell: Cell;
  #marked: number | null = null;
  #frame = 0;
  #width = 0;
  #top = 0;

  constructor(
    scene: Scene,
    look: PanelLook,
    theme: Theme,
    private readonly events: StageEvents,
  ) {
    this.#drawing = { scene, theme, visible: fromZoom(look.zoom, scene.columns) };
    this.#plots = new Plots(this.#drawing);
    this.#look = look;
    this.#cell = strongestCell(scene);
    const help = element('p', { class: 'spoken', id: 'map-help' }, keyHelp);
    label(this.#plots.mapCanvas, 'aria-describedby', 'map-help');
    const { profileBox, mapBox, bar, signalBox } = this.#plots;
    this.root.append(this.#strip.root, profileBox, mapBox, bar.root, signalBox, this.#overlay.root, help);
    this.#listen();
  }

  show(scene: Scene, look: PanelLook, theme: Theme): void {
    const same = scene.rows === this.#drawing.scene.rows && scene.columns === this.#drawing.scene.columns;
    if (scene !== this.#drawing.scene && !same) this.#cell = strongestCell(scene);
    this.#drawing.scene = scene;
    this.#drawing.theme = theme;
    this.#drawing.visible = fromZoom(look.zoom, scene.columns);
    this.#look = look;
    const { explanation } = scene.view;
    this.#strip.show(explanation.zones);
    const what = `${explanation.layer.name} ${targetTitle(explanation.target)}`;
    const size =
      scene.rows > 1 ? `${scene.rows} features by ${scene.columns} steps` : `${scene.columns} steps`;
    label(this.#plots.mapCanvas, 'aria-label', `Attribution map of ${what}, ${size}`);
    this.draw();
  }

  mark(step: number | null): void {
    this.#marked = step !== null && step >= 0 && step < this.#drawing.scene.columns ? step : null;
    this.#placeMark();
  }

  /** Draws everything anew; nothing while the stage is not shown. */
  draw(): void {
    this.#width = this.root.clientWidth;
    if (!this.#width) return;
    this.#top = this.#plots.top;
    this.#plots.draw(this.#look, this.#width);
    this.#after();
  }

  /** Draws anew when the room has changed: its width, or what stands above it. */
  resized(): void {
    if (this.root.clientWidth !== this.#width || this.#plots.top !== this.#top) this.draw();
  }

  #after(): void {
    const { visible, scene } = this.#drawing;
    this.#strip.move(this.#plots.span, visible);
    this.#placeMark();
    document.body.dataset.zoom = `${Math.round(visible.from)}-${Math.round(visible.to)}`;
    this.root.classList.toggle('zoomed', !isEverything(visible, scene.columns));
    if (document.activeElement === this.#plots.mapCanvas) this.#frameCell(this.#cell);
    else this.#frameCell(null);
    this.events.drawn(visible, this.#plots.pooling);
  }

  /** One frame for however many wheel and pointer events came since the last. */
  #lookAt(visible: Visible): boolean {
    const { columns } = this.#drawing.scene;
    const before = this.#drawing.visible;
    if (visible.from === before.from && visible.to === before.to) return false;
    this.#drawing.visible = visible;
    this.events.zoomed(asZoom(visible, columns));
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#plots.move();
      this.#after();
    });
    return true;
  }

  #listen(): void {
    const drawing = this.#drawing;
    const columns = () => drawing.scene.columns;
    const zoom = (edge: number, factor: number) =>
      this.#lookAt(zoomed(drawing.visible, columns(), edge, factor));
    const reset = () => void this.#lookAt(everything(columns()));
    listen(this.root, {
      zoom: (x, factor) => zoom(edgeAt(x, this.#plots.span, drawing.visible), factor),
      pan: (pixels) => {
        const perPixel = (drawing.visible.to - drawing.visible.from) / this.#plots.span.width;
        return this.#lookAt(panned(drawing.visible, columns(), pixels * perPixel));
      },
      reset,
      hover: (x, y) => this.#point(this.#cellAt(x, y)),
      leave: () => this.#point(null),
      click: (x, y) => {
        const cell = this.#cellAt(x, y);
        if (!cell) return;
        this.#cell = {
          ...cell,
          feature: drawing.scene.rows > 1 ? (cell.feature ?? this.#cell.feature) : null,
        };
        this.events.reveal(cell);
      },
    });
    const { mapCanvas } = this.#plots;
    listenToKeys(mapCanvas, {
      cell: () => this.#cell,
      grid: () => ({
        rows: drawing.scene.rows,
        columns: columns(),
        page: Math.max(1, Math.round((drawing.visible.to - drawing.visible.from) / 2)),
      }),
      go: (cell) => {
        this.#cell = cell;
        this.#lookAt(showing(drawing.visible, columns(), cell.step));
        this.#walkTo(cell);
      },
      reveal: () => this.events.reveal(this.#cell),
      leave: () => mapCanvas.blur(),
      zoom: (factor) => void zoom(this.#cell.step + 0.5, factor),
      reset,
      toggleSignal: () => this.events.toggleSignal(this.#cell.feature ?? 0),
    });
    mapCanvas.addEventListener('focus', () => {
      if (mapCanvas.matches(':focus-visible')) this.#walkTo(this.#cell);
    });
    mapCanvas.addEventListener('blur', () => this.#point(null));
  }

  #walkTo(cell: Cell): void {
    this.#frameCell(cell);
    this.events.at(cell, true);
  }

  #point(cell: Cell | null): void {
    const focused = document.activeElement === this.#plots.mapCanvas;
    const shown = cell ?? (focused ? this.#cell : null);
    this.#frameCell(shown);
    this.events.at(shown, false);
  }

  #cellAt(x: number, y: number): Cell | null {
    const { scene, visible } = this.#drawing;
    const step = columnAt(x, this.#plots.span, visible, scene.columns);
    if (step === null) return null;
    const { top, height } = this.#plots.mapArea;
    const row = rowAt(y, top, height, scene.rows);
    if (row === null) return { step, feature: this.#plots.signalAt(y) };
    const { map } = scene.view.explanation;
    const cell = strongestInBlock(map, { row, column: step }, this.#plots.pooling);
    return { step: cell.column, feature: scene.rows > 1 ? cell.row : null };
  }

  #frameCell(cell: Cell | null): void {
    const { scene, visible } = this.#drawing;
    const { span } = this.#plots;
    const inSight = cell && cell.step >= Math.floor(visible.from) && cell.step < visible.to;
    if (!cell || !inSight) {
      this.#overlay.step(null);
      this.#overlay.cell(null);
      return;
    }
    const left = xOf(cell.step, span, visible);
    const width = xOf(cell.step + 1, span, visible) - left;
    this.#overlay.step(left + width / 2);
    if (scene.rows > 1 && cell.feature === null) {
      this.#overlay.cell(null);
      return;
    }
    const area = this.#plots.mapArea;
    const height = area.height / scene.rows;
    const row = scene.rows > 1 ? cell.feature! : 0;
    this.#overlay.cell({ left, top: area.top + row * height, width, height });
  }

  #placeMark(): void {
    const { visible } = this.#drawing;
    const { span } = this.#plots;
    const step = this.#marked;
    const from = Math.max(span.left, xOf(step ?? 0, span, visible));
    const to = Math.min(span.left + span.width, xOf((step ?? 0) + 1, span, visible));
    this.#overlay.mark(to > from ? step : null, from, to - from);
  }
}

/** Where the keys begin: at what matters most. */
function strongestCell({ rows, columns, view }: Scene): Cell {
  const { values } = view.explanation.map;
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (Math.abs(values[i]!) > Math.abs(values[best]!) || Number.isNaN(values[best]!)) best = i;
  }
  return { step: best % columns, feature: rows > 1 ? Math.floor(best / columns) : null };
}
