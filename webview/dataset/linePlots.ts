import { FEW, type MeanMap } from '../../src/overview/overview.ts';
import { limits, stepAxis, valueAxis } from '../chart/axes.ts';
import { bare, Chart, type LineChart } from '../chart/chartjs.ts';
import { lineStyle } from '../chart/line.ts';
import { type MapDrawing, paddingMarks } from '../chart/paddingMarks.ts';
import { label as describe, element, say } from '../element.ts';

interface Size {
  readonly width: number;
  readonly gutter: number;
  readonly right: number;
}

type Point = { x: number; y: number };

/** A chart above the map, on the same columns. */
class LinePlot {
  readonly root: HTMLElement;
  protected readonly chart: LineChart;
  readonly #label = element('span', { class: 'plot-label' });
  readonly #canvas: HTMLCanvasElement;

  constructor(
    id: string,
    protected readonly drawing: MapDrawing,
    private readonly height: number,
  ) {
    this.#canvas = element('canvas', { id, role: 'img' });
    this.root = element('div', { class: 'plot' }, this.#canvas, this.#label);
    this.chart = new Chart(this.#canvas, {
      type: 'line',
      data: { datasets: [] },
      plugins: [paddingMarks(drawing, 'behind-line')],
    }) as LineChart;
  }

  move(): void {
    Object.assign(this.chart.options.scales!.x!, limits(this.drawing.visible));
    this.chart.update('none');
  }

  protected lay({ width, gutter, right }: Size, low: number, high: number, label: string): void {
    const { theme, visible } = this.drawing;
    say(this.#label, label);
    describe(this.#canvas, 'aria-label', `Line of the ${label}`);
    this.#label.style.left = `${gutter + 6}px`;
    this.chart.options = {
      ...bare,
      layout: { padding: { right, top: 18, bottom: 3 } },
      scales: { x: stepAxis(theme, visible, false), y: valueAxis(theme, gutter, low, high) },
    };
    this.chart.resize(width, this.height);
    this.chart.update('none');
  }
}

/** The mean over features at each column with twice its standard error around it. */
export class TimeProfile extends LinePlot {
  constructor(drawing: MapDrawing) {
    super('dataset-profile', drawing, 84);
  }

  draw(map: MeanMap, size: Size): void {
    const { profile, profileError, n } = map;
    const at = (sign: number) =>
      Array.from(profile, (value, x): Point => {
        const error = Number.isNaN(profileError[x]!) ? 0 : profileError[x]!;
        return { x, y: value + sign * 1.96 * error };
      });
    // Columns of few instances swing far and would flatten the rest.
    const told = Array.from(profile.keys()).filter((x) => n[x]! >= FEW);
    const ends = (told.length ? told : [...profile.keys()].filter((x) => n[x]! > 0)).flatMap((x) => [
      at(-1)[x]!.y,
      at(1)[x]!.y,
    ]);
    const { theme } = this.drawing;
    const edge = { ...lineStyle, borderWidth: 0 };
    this.chart.data.datasets = [
      { ...lineStyle, data: at(0), borderColor: theme.profile, borderWidth: 1.5 },
      { ...edge, data: at(1) },
      {
        ...{ ...edge, data: at(-1), fill: '-1' },
        backgroundColor: `color-mix(in srgb, ${theme.profile} 25%, transparent)`,
      },
    ];
    const label = map.rows > 1 ? 'mean over features ± 1.96 s.e.' : 'mean map ± 1.96 s.e.';
    this.lay(size, Math.min(0, ...ends), Math.max(0, ...ends), label);
  }
}

/** How many instances a column rests on. */
export class Support extends LinePlot {
  constructor(drawing: MapDrawing) {
    super('dataset-support', drawing, 58);
  }

  draw({ n }: MeanMap, size: Size): void {
    const { theme } = this.drawing;
    const colour = theme.series[0]!;
    const ends = [
      { x: -0.5, y: n[0] ?? 0 },
      { x: n.length - 0.5, y: n.at(-1) ?? 0 },
    ];
    const data = [ends[0]!, ...Array.from(n, (y, x): Point => ({ x, y })), ends[1]!];
    this.chart.data.datasets = [
      {
        ...{ ...lineStyle, data, stepped: 'middle' as const, fill: 'origin', borderWidth: 1 },
        ...{ borderColor: colour, backgroundColor: `color-mix(in srgb, ${colour} 30%, transparent)` },
      },
    ];
    this.lay(size, 0, Math.max(1, ...n), 'instances');
  }
}
