import { targetTitle } from '../../src/attribution/targetTitle.ts';
import { type Pooling, strongestInBlock } from '../../src/raster/pool.ts';
import type { CellSelection, FileMark, PanelLook } from '../../src/views/panel/contract.ts';
import type { Drawing } from '../chart/paddingMarks.ts';
import { element, label } from '../element.ts';
import type { Cell } from '../map/cell.ts';
import { cropped } from '../map/cropped.ts';
import { columnAt, edgeAt, rowAt } from '../map/hit.ts';
import { strongestCell } from '../map/strongestCell.ts';
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
import type { PageScene } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { type Brush, blockOf, cellsIn } from './brush.ts';
import { Frames } from './frames.ts';
import { listen } from './gestures.ts';
import { brushHelp, keyHelp, listenToKeys } from './keyboard.ts';
import { Plots } from './plots.ts';
import { ZoneStrip } from './zoneStrip.ts';

interface StageEvents {
  /** The cell to be read out: under the pointer, or walked to with the keys (then it is spoken too). */
  at(cell: Cell | null, walked: boolean): void;
  reveal(cell: Cell): void;
  /** Cells were chosen, by a drag or with the keys; null: they were dropped. */
  brushed(cells: CellSelection | null): void;
  zoomed(zoom: readonly [number, number] | null): void;
  /** To what can be asked of the chosen cells. */
  ask(): void;
  /** Height of what stands over the lower edge of the page, beside the read-out, in CSS pixels. */
  below(): number;
  toggleSignal(feature: number): void;
  /** A row is to stand first, or no more. */
  pin(row: number): void;
  /** After every frame. */
  drawn(visible: Visible, pooling: Pooling): void;
}

/** All that is drawn over the step axis, with one zoom and one cursor. */
export class Stage {
  readonly root = element('div', { class: 'stage', id: 'stage' });
  readonly #drawing: Drawing;
  readonly #plots: Plots;
  readonly #strip = new ZoneStrip();
  readonly #frames: Frames;
  #look: PanelLook;
  /** Where the keys stand. */
  #cell: Cell;
  /** Where the pointer is, in pixels of the stage. */
  #pointer: { x: number; y: number } | null = null;
  #frame = 0;
  #width = 0;
  #top = 0;
  #below = 0;

  constructor(
    scene: PageScene,
    look: PanelLook,
    theme: Theme,
    private readonly events: StageEvents,
  ) {
    this.#drawing = { scene, theme, visible: fromZoom(look.zoom, limitsOf(scene, look)) };
    this.#plots = new Plots(this.#drawing);
    this.#frames = new Frames(this.#drawing, this.#plots);
    this.#look = look;
    this.#cell = strongestCell(scene);
    const help = element('p', { class: 'spoken', id: 'map-help' }, `${keyHelp} ${brushHelp}`);
    label(this.#plots.mapCanvas, 'aria-describedby', 'map-help');
    const { profileBox, mapBox, bar, signalBox } = this.#plots;
    this.root.append(
      this.#plots.prefix,
      this.#strip.root,
      profileBox,
      mapBox,
      bar.root,
      signalBox,
      this.#frames.root,
      help,
    );
    this.#listen();
  }

  show(scene: PageScene, look: PanelLook, theme: Theme): void {
    const same = scene.rows === this.#drawing.scene.rows && scene.columns === this.#drawing.scene.columns;
    if (scene !== this.#drawing.scene && !same) this.#cell = strongestCell(scene);
    // Cells of one instance are asked about at the next, too; those of another file are others.
    const isOther = !same || scene.view.dataName !== this.#drawing.scene.view.dataName;
    const isStale = isOther && this.#frames.brush !== null;
    this.#drawing.scene = scene;
    this.#drawing.theme = theme;
    this.#drawing.visible = fromZoom(look.zoom, limitsOf(scene, look));
    this.#look = look;
    const { explanation } = scene.view;
    this.#strip.show(explanation.zones, 1, scene.zoneShares, scene.time);
    this.#frames.limits = this.#limits;
    const what = `${explanation.layer.name} ${targetTitle(explanation.target)}`;
    const size =
      scene.rows > 1 ? `${scene.rows} features by ${scene.columns} steps` : `${scene.columns} steps`;
    label(this.#plots.mapCanvas, 'aria-label', `Attribution map of ${what}, ${size}`);
    this.draw();
    if (isStale) this.#brushTo(null, true);
  }

  mark(mark: FileMark): void {
    this.#frames.mark = mark;
    this.#frames.place();
  }

  /** Draws everything anew; nothing while the stage is not shown. */
  draw(): void {
    this.#width = this.root.clientWidth;
    if (!this.#width) return;
    this.#top = this.#plots.top;
    this.#below = this.events.below();
    this.#plots.draw(this.#look, this.#width, this.#below);
    this.#after();
  }

  /** Draws anew when the room has changed: its width, or what stands above or below it. */
  resized(): void {
    const { root, events } = this;
    const isSame = root.clientWidth === this.#width && events.below() === this.#below;
    if (!isSame || this.#plots.top !== this.#top) this.draw();
  }

  /** Gives the map the keys, where it stands. */
  focus(): void {
    this.#plots.mapCanvas.focus({ preventScroll: true });
  }

  /** The columns there are to see. */
  get #limits(): Visible {
    return limitsOf(this.#drawing.scene, this.#look);
  }

  #after(): void {
    const { visible } = this.#drawing;
    this.#strip.move(this.#plots.span, visible);
    this.#frames.place();
    document.body.dataset.zoom = `${Math.round(visible.from)}-${Math.round(visible.to)}`;
    this.root.classList.toggle('zoomed', !isEverything(visible, this.#limits));
    if (this.#pointer) this.#point(this.#cellAt(this.#pointer.x, this.#pointer.y));
    else if (document.activeElement === this.#plots.mapCanvas) this.#point(null);
    else this.#frames.cell(null);
    this.events.drawn(visible, this.#plots.pooling);
  }

  /** One frame for however many wheel and pointer events came since the last. */
  #lookAt(visible: Visible): boolean {
    const before = this.#drawing.visible;
    if (visible.from === before.from && visible.to === before.to) return false;
    this.#drawing.visible = visible;
    this.events.zoomed(asZoom(visible, this.#limits));
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#plots.move();
      this.#after();
    });
    return true;
  }

  #listen(): void {
    const drawing = this.#drawing;
    const zoom = (edge: number, factor: number) =>
      this.#lookAt(zoomed(drawing.visible, this.#limits, edge, factor));
    const reset = () => void this.#lookAt(everything(this.#limits));
    listen(this.root, {
      zoom: (x, factor) => zoom(edgeAt(x, this.#plots.span, drawing.visible), factor),
      pan: (pixels) => {
        const perPixel = (drawing.visible.to - drawing.visible.from) / this.#plots.span.width;
        return this.#lookAt(panned(drawing.visible, this.#limits, pixels * perPixel));
      },
      reset,
      canPan: () => !isEverything(drawing.visible, this.#limits),
      brush: (from, to, done) => {
        const [anchor, corner] = [this.#cellNear(from.x, from.y), this.#cellNear(to.x, to.y)];
        this.#brushTo({ anchor, corner }, done);
      },
      hover: (x, y) => {
        this.#pointer = { x, y };
        this.#point(this.#cellAt(x, y));
      },
      leave: () => {
        this.#pointer = null;
        this.#point(null);
      },
      click: (x, y) => {
        const cell = this.#cellAt(x, y);
        const named = x < this.#plots.span.left ? this.#rowAt(y) : null;
        if (named !== null && drawing.scene.rows > 1) this.events.pin(named);
        if (!cell) return;
        this.#cell = {
          ...cell,
          feature: drawing.scene.rows > 1 ? (cell.feature ?? this.#cell.feature) : null,
        };
        this.#brushTo(null, true);
        this.events.reveal(cell);
      },
    });
    const { mapCanvas } = this.#plots;
    listenToKeys(mapCanvas, {
      cell: () => this.#cell,
      grid: () => ({
        rows: drawing.scene.rows,
        columns: drawing.scene.columns,
        page: Math.max(1, Math.round((drawing.visible.to - drawing.visible.from) / 2)),
      }),
      go: (wanted) => {
        const { from, to } = this.#limits;
        const cell = { ...wanted, step: Math.max(from, Math.min(wanted.step, to - 1)) };
        this.#cell = cell;
        this.#lookAt(showing(drawing.visible, this.#limits, cell.step));
        const { brush } = this.#frames;
        if (brush) this.#brushTo({ ...brush, corner: cell }, false);
        this.#walkTo(cell);
      },
      reveal: () =>
        this.#frames.brush ? this.#brushTo(this.#frames.brush, true) : this.events.reveal(this.#cell),
      leave: () => (this.#frames.brush ? this.#brushTo(null, true) : mapCanvas.blur()),
      brush: () =>
        this.#brushTo(this.#frames.brush ? null : { anchor: this.#cell, corner: this.#cell }, false),
      ask: this.events.ask,
      zoom: (factor) => void zoom(this.#cell.step + 0.5, factor),
      reset,
      toggleSignal: () => this.events.toggleSignal(this.#cell.feature ?? 0),
      pin: () => drawing.scene.rows > 1 && this.events.pin(this.#cell.feature ?? 0),
    });
    mapCanvas.addEventListener('focus', () => {
      if (mapCanvas.matches(':focus-visible')) this.#walkTo(this.#cell);
    });
    mapCanvas.addEventListener('blur', () => this.#point(null));
  }

  #walkTo(cell: Cell): void {
    this.#frames.cell(cell);
    this.events.at(cell, true);
  }

  #point(cell: Cell | null): void {
    const focused = document.activeElement === this.#plots.mapCanvas;
    const shown = cell ?? (focused ? this.#cell : null);
    this.#frames.cell(shown);
    this.events.at(shown, false);
  }

  #brushTo(brush: Brush | null, done: boolean): void {
    const had = this.#frames.brush !== null;
    this.#frames.brush = brush;
    this.#frames.place();
    const { rows } = this.#drawing.scene;
    if (done && (brush || had)) this.events.brushed(brush && cellsIn(blockOf(brush, rows), rows));
  }

  /** The cell of a drag, which may leave the map. */
  #cellNear(x: number, y: number): Cell {
    const { scene, visible } = this.#drawing;
    const edge = Math.floor(edgeAt(x, this.#plots.span, visible));
    const { top, height } = this.#plots.mapArea;
    const step = Math.max(Math.floor(visible.from), Math.min(edge, Math.ceil(visible.to) - 1));
    return { step, feature: rowAt(y, top, height, scene.rows) };
  }

  #rowAt(y: number): number | null {
    const { top, height } = this.#plots.mapArea;
    return rowAt(y, top, height, this.#drawing.scene.rows);
  }

  #cellAt(x: number, y: number): Cell | null {
    const { scene, visible } = this.#drawing;
    const step = columnAt(x, this.#plots.span, visible, scene.columns);
    if (step === null) return null;
    const row = this.#rowAt(y);
    if (row === null) return { step, feature: this.#plots.signalAt(y) };
    const { map } = scene.view.explanation;
    const cell = strongestInBlock(map, { row, column: step }, this.#plots.pooling);
    return { step: cell.column, feature: scene.rows > 1 ? cell.row : null };
  }
}

function limitsOf({ columns, view }: PageScene, { cropPadding }: PanelLook): Visible {
  return cropPadding ? cropped(view.explanation.padding.mask) : everything(columns);
}
