import { limits, stepAxis, valueAxis } from './axes.ts';
import { bare, Chart, type LineChart } from './chartjs.ts';
import { lineStyle, visibleLine } from './line.ts';
import { type Drawing, paddingMarks } from './paddingMarks.ts';

/** Room above the line, for its name. */
const labelHeight = 18;

/** One line over time above the map: the time map itself, or the mean over features of a feature × time map. */
export class ProfileChart {
  readonly #chart: LineChart;
  #width = 0;

  constructor(
    canvas: HTMLCanvasElement,
    private readonly drawing: Drawing,
  ) {
    this.#chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      plugins: [paddingMarks(drawing, 'behind-line')],
    }) as LineChart;
  }

  draw(size: { width: number; height: number }, gutter: number, right: number): void {
    const { scene, theme, visible } = this.drawing;
    const finite = scene.profile.filter(Number.isFinite);
    const low = finite.reduce((least, value) => Math.min(least, value), 0);
    const high = finite.reduce((most, value) => Math.max(most, value), 0);
    this.#width = size.width - gutter - right;
    this.#chart.options = {
      ...bare,
      layout: { padding: { right, top: labelHeight, bottom: 3 } },
      scales: { x: stepAxis(theme, visible, false), y: valueAxis(theme, gutter, low, high) },
    };
    this.#chart.data.datasets = [{ ...lineStyle, borderColor: theme.profile, ...this.#line() }];
    this.#chart.resize(size.width, size.height);
    this.#chart.update('none');
  }

  move(): void {
    Object.assign(this.#chart.options.scales!.x!, limits(this.drawing.visible));
    Object.assign(this.#chart.data.datasets[0]!, this.#line());
    this.#chart.update('none');
  }

  #line() {
    const { scene, visible } = this.drawing;
    return visibleLine(scene.profile, 0, scene.columns, visible, this.#width);
  }
}
