import type { Plugin } from 'chart.js';
import { MapImage } from '../raster/mapImage.ts';
import { featureAxis, stepAxis } from './axes.ts';
import { axisTitle } from './axisTitle.ts';
import { bare, Chart, type LineChart } from './chartjs.ts';
import { type MapDrawing, paddingMarks } from './paddingMarks.ts';

/** Pixels left of a map that the name of its one row needs. */
const ROOM_FOR_ALL = 24;

/** The map as a raster under Chart.js axes, its padding hatched. */
export class Heatmap {
  readonly image = new MapImage();
  readonly #chart: LineChart;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly drawing: MapDrawing,
  ) {
    const raster: Plugin<'line'> = {
      id: 'raster',
      beforeDatasetsDraw: (chart) => this.image.draw(chart.ctx, chart.chartArea, drawing.visible),
    };
    this.#chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      plugins: [raster, paddingMarks(drawing, 'over-map'), axisTitle(drawing)],
    }) as LineChart;
  }

  get area(): { top: number; height: number } {
    const { top, bottom } = this.#chart.chartArea;
    return { top, height: bottom - top };
  }

  draw(
    size: { width: number; height: number },
    gutter: number,
    right: number,
    name: (row: number) => string,
  ): void {
    const { scene, theme, visible } = this.drawing;
    const label = scene.rows > 1 ? name : () => (gutter < ROOM_FOR_ALL ? '' : 'all');
    this.#chart.options = {
      ...bare,
      layout: { padding: { right, top: 4 } },
      scales: {
        x: stepAxis(theme, visible, true, scene),
        y: featureAxis(theme, gutter, scene.rows, size.height, label),
      },
    };
    this.#chart.resize(size.width, size.height);
    this.#chart.update('none');
  }

  /** A zoom or pan frame: only the step axis moves. */
  move(): void {
    Object.assign(this.#chart.options.scales!.x!, {
      min: this.drawing.visible.from - 0.5,
      max: this.drawing.visible.to - 0.5,
    });
    this.#chart.update('none');
  }
}
