import type { Plugin, ScaleOptionsByType } from 'chart.js';
import { limits, stepAxis, valueAxis } from './axes.ts';
import { axisTitle } from './axisTitle.ts';
import { bare, Chart, type LineChart } from './chartjs.ts';
import type { LaneHeat } from './laneHeat.ts';
import { lineStyle, visibleLine } from './line.ts';
import { type Drawing, paddingMarks } from './paddingMarks.ts';
import { shortened } from './shortened.ts';

/** A feature's line: where it stands and what it is called. */
export interface Lane {
  readonly feature: number;
  readonly name: string;
  readonly colour: string;
}

/** The chosen features' values, one lane each over a common step axis, in the file's units where it has them. */
export class SignalChart {
  readonly #chart: LineChart;
  /** How the attribution of a feature is coloured behind its line; null: it is not. */
  heat: LaneHeat | null = null;
  #lanes: readonly Lane[] = [];
  #width = 0;

  constructor(
    canvas: HTMLCanvasElement,
    private readonly drawing: Drawing,
  ) {
    const names: Plugin<'line'> = {
      id: 'names',
      afterDatasetsDraw: (chart) => this.#drawNames(chart as LineChart),
    };
    const heat: Plugin<'line'> = {
      id: 'heat',
      beforeDatasetsDraw: ({ ctx, chartArea: { left, right } }) => {
        for (const [i, { feature }] of this.#lanes.entries()) {
          const { top, bottom } = this.#scale(i);
          this.heat?.draw(ctx, feature, { left, right, top: top + 1, bottom }, drawing.visible);
        }
      },
    };
    this.#chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      plugins: [heat, paddingMarks(drawing, 'behind-line'), names, axisTitle(drawing)],
    }) as LineChart;
  }

  /** Feature of the lane at a height, null between lanes. */
  featureAt(y: number): number | null {
    return this.#lanes.find((_, i) => y >= this.#scale(i).top && y < this.#scale(i).bottom)?.feature ?? null;
  }

  draw(size: { width: number; height: number }, gutter: number, right: number, lanes: readonly Lane[]): void {
    const { theme, visible } = this.drawing;
    this.#lanes = lanes;
    this.#width = size.width - gutter - right;
    const scales: Record<string, object> = {
      x: stepAxis(theme, visible, true, { time: this.drawing.scene.time }),
    };
    // Chart.js stacks axes from the bottom up.
    for (const [i, lane] of [...lanes.entries()].reverse()) {
      const [low, high] = this.#extent(lane.feature);
      scales[`y${i}`] = {
        ...valueAxis(theme, gutter, low, high),
        position: 'left',
        stack: 'lanes',
        offset: false,
      };
    }
    this.#chart.options = {
      ...bare,
      layout: { padding: { right } },
      scales: scales as Record<string, ScaleOptionsByType<'linear'>>,
    };
    this.#chart.data.datasets = lanes.map((lane, i) => ({
      ...lineStyle,
      borderColor: lane.colour,
      yAxisID: `y${i}`,
      ...this.#line(lane),
    }));
    this.#chart.resize(size.width, size.height);
    this.#chart.update('none');
  }

  move(): void {
    Object.assign(this.#chart.options.scales!.x!, limits(this.drawing.visible));
    for (const [i, lane] of this.#lanes.entries())
      Object.assign(this.#chart.data.datasets[i]!, this.#line(lane));
    this.#chart.update('none');
  }

  #scale(lane: number) {
    return this.#chart.scales[`y${lane}`]!;
  }

  get #values(): Float32Array {
    const { signals } = this.drawing.scene.view.explanation;
    return signals.raw ?? signals.input;
  }

  #line({ feature }: Lane) {
    const { scene, visible } = this.drawing;
    return visibleLine(this.#values, feature * scene.columns, scene.columns, visible, this.#width);
  }

  #extent(feature: number): [number, number] {
    const { columns } = this.drawing.scene;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of this.#values.subarray(feature * columns, (feature + 1) * columns)) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return low <= high ? [low, high] : [0, 0];
  }

  /** Names stand in the gutter, between the ends of their lane: nothing covers a line. */
  #drawNames({ ctx, chartArea }: LineChart): void {
    const { theme } = this.drawing;
    ctx.save();
    ctx.font = `600 11px ${theme.font}`;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'right';
    for (const [i, lane] of this.#lanes.entries()) {
      const { top, bottom } = this.#scale(i);
      ctx.fillStyle = theme.grid;
      if (i > 0) ctx.fillRect(chartArea.left, Math.round(top), chartArea.right - chartArea.left, 1);
      ctx.fillStyle = lane.colour;
      ctx.fillText(shortened(lane.name, chartArea.left - 6, ctx), chartArea.left - 6, (top + bottom) / 2);
    }
    ctx.restore();
  }
}
