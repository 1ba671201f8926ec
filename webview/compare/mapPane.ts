import type { Raster, ZoneRun } from '../../src/attribution/explanation.ts';
import type { ColourRange } from '../../src/raster/colourRange.ts';
import { colourTable } from '../../src/raster/colourTable.ts';
import type { Pooling } from '../../src/raster/pool.ts';
import { axisHeight } from '../chart/axes.ts';
import { Heatmap } from '../chart/heatmap.ts';
import { namesApart } from '../chart/namesApart.ts';
import type { MapDrawing } from '../chart/paddingMarks.ts';
import type { StepTick } from '../chart/stepTick.ts';
import { element, label, replace } from '../element.ts';
import type { Cell } from '../map/cell.ts';
import { columnAt, rowAt, type Span, xOf } from '../map/hit.ts';
import { boundaries, paddingRuns } from '../map/runs.ts';
import { everything, type Visible } from '../map/visible.ts';
import { ColourBar } from '../stage/colourBar.ts';
import { gutterFor } from '../stage/layout.ts';
import { Overlay } from '../stage/overlay.ts';
import { ZoneStrip } from '../stage/zoneStrip.ts';
import type { Theme } from '../theme.ts';

/** One of the maps side by side. */
export interface PaneMap {
  readonly raster: Raster;
  readonly range: ColourRange;
  /** [columns] 1 on real steps. */
  readonly mask: Uint8Array;
  readonly zones: readonly ZoneRun[];
  readonly pooling: Pooling;
  readonly features: readonly string[];
  /** Of a step axis that does not count from 0. */
  readonly ticks?: readonly StepTick[];
  /** Spoken name of the picture. */
  readonly label: string;
}

const right = 12;
/** Left of a map whose names stand at the map beside it. */
const narrowGutter = 12;

/** A map with its zones, its padding hatched, its colour bar and its part of the linked cursor. */
export class MapPane {
  readonly canvas: HTMLCanvasElement;
  readonly stage: HTMLElement;
  readonly root: HTMLElement;
  readonly #title = element('h2', { class: 'pane-title' });
  readonly #words = element('p', { class: 'pane-words dim' });
  readonly #strip: ZoneStrip;
  readonly #bar: ColourBar;
  readonly #overlay: Overlay;
  readonly #heatmap: Heatmap;
  readonly #box: HTMLElement;
  readonly #drawing: MapDrawing;
  readonly #measure = element('canvas').getContext('2d')!;
  span: Span = { left: 0, width: 0 };
  #map: PaneMap | null = null;

  /** @param described id of the words that say what the keys do */
  constructor(id: string, theme: Theme, described = 'compare-help') {
    this.#drawing = { scene: { rows: 1, padding: [], boundaries: [] }, theme, visible: everything(1) };
    this.canvas = element('canvas', {
      ...{ id: `${id}-map`, tabindex: '0', role: 'application', 'aria-describedby': described },
    });
    this.#strip = new ZoneStrip(`${id}-zones`);
    this.#bar = new ColourBar(`${id}-bar`);
    this.#overlay = new Overlay(`${id}-`);
    this.#heatmap = new Heatmap(this.canvas, this.#drawing);
    this.#box = element('div', { class: 'plot' }, this.canvas);
    this.stage = element('div', { class: 'stage' }, this.#strip.root, this.#box, this.#overlay.root);
    this.root = element(
      'section',
      { class: 'pane', id },
      this.#title,
      this.#words,
      this.stage,
      this.#bar.root,
    );
  }

  /** Pixels of a map's height at most. */
  tallest = 360;

  get rows(): number {
    return this.#map?.raster.rows ?? 0;
  }

  /** Null leaves only the words. */
  show(title: string, words: string, map: PaneMap | null): void {
    replace(this.#title, title);
    replace(this.#words, words);
    this.#map = map;
    this.stage.hidden = !map;
    this.#bar.root.hidden = !map;
    if (!map) return;
    label(this.canvas, 'aria-label', map.label);
    this.#drawing.scene = {
      rows: map.raster.rows,
      padding: paddingRuns(map.mask, map.zones),
      boundaries: boundaries(map.mask),
      stepsPerColumn: map.pooling.columns,
      ticks: map.ticks,
    };
    this.#strip.show(map.zones, map.pooling.columns);
  }

  /** Pixels that the names of its features need at its left; 0 where it shows nothing. */
  gutter(theme: Theme): number {
    const width = this.stage.clientWidth;
    if (!this.#map || !width) return 0;
    const { raster, features } = this.#map;
    this.#measure.font = `600 11px ${theme.font}`;
    const names = raster.rows > 1 ? features.slice(0, 500) : ['all'];
    return gutterFor(Math.max(...names.map((each) => this.#measure.measureText(each).width)), width);
  }

  /** @param named pixels for the names of the features at its left; null where they stand at the map beside it */
  draw(theme: Theme, visible: Visible, named: number | null): void {
    const map = this.#map;
    const width = this.stage.clientWidth;
    if (!map || !width) return;
    Object.assign(this.#drawing, { theme, visible });
    const { rows } = map.raster;
    const name = (row: number) => map.features[row * map.pooling.rows] ?? `feature ${row}`;
    const gutter = named ?? narrowGutter;
    this.span = { left: gutter, width: width - gutter - right };
    const table = colourTable(map.range.signed, theme.ground);
    this.#heatmap.image.picture = map.range.allZero
      ? null
      : { map: map.raster, range: map.range, table, keep: null };
    const height =
      (rows === 1 ? 72 : Math.max(110, Math.min(this.tallest, rows * 11, window.innerHeight * 0.5))) +
      axisHeight;
    this.#measure.font = `11px ${theme.font}`;
    const names = named === null || rows === 1 ? [] : Array.from({ length: rows }, (_, row) => name(row));
    const short = namesApart(names, gutter - 10, this.#measure);
    this.#heatmap.draw({ width, height }, gutter, right, (row) => short[row] ?? '');
    this.#bar.show(map.range, table, false);
    this.#bar.place(null, gutter);
    this.move(visible);
  }

  /** A zoom or pan frame. */
  move(visible: Visible): void {
    if (!this.#map) return;
    this.#drawing.visible = visible;
    this.#heatmap.move();
    this.#strip.move(this.span, visible);
  }

  cellAt(x: number, y: number): Cell | null {
    const map = this.#map;
    if (!map) return null;
    const step = columnAt(x, this.span, this.#drawing.visible, map.raster.columns);
    if (step === null) return null;
    const { top, height } = this.#heatmap.area;
    const row = rowAt(y, this.#box.offsetTop + top, height, map.raster.rows);
    return { step, feature: map.raster.rows > 1 ? row : null };
  }

  /** Frames a cell; a map that has no such row shows the step only. */
  frame(cell: Cell | null): void {
    const map = this.#map;
    const { visible } = this.#drawing;
    const inSight = map && cell && cell.step >= Math.floor(visible.from) && cell.step < visible.to;
    if (!inSight) {
      this.#overlay.step(null);
      this.#overlay.cell(null);
      return;
    }
    const left = xOf(cell.step, this.span, visible);
    const width = xOf(cell.step + 1, this.span, visible) - left;
    this.#overlay.step(left + width / 2);
    const { rows } = map.raster;
    const row = rows === 1 ? 0 : cell.feature;
    const area = this.#heatmap.area;
    const height = area.height / rows;
    const top = this.#box.offsetTop + area.top;
    this.#overlay.cell(row === null || row >= rows ? null : { left, top: top + row * height, width, height });
  }
}
