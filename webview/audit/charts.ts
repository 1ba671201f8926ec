import {
  BarController,
  BarElement,
  CategoryScale,
  type ChartConfiguration,
  Filler,
  Legend,
  ScatterController,
  Tooltip,
} from 'chart.js';
import { Chart } from '../chart/chartjs.ts';
import { element } from '../element.ts';
import type { Theme } from '../theme.ts';

Chart.register(BarController, BarElement, CategoryScale, Filler, Legend, ScatterController, Tooltip);

/** A chart in a box of fixed height that follows its width; the sentence beside it says the same in words. */
export class AuditChart {
  readonly root: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  #chart: Chart | undefined;

  constructor(id: string, label: string, height: number) {
    this.#canvas = element('canvas', { id, role: 'img', 'aria-label': label });
    this.root = element('div', { class: 'audit-chart' }, this.#canvas);
    this.root.style.height = `${height}px`;
  }

  get canvas(): HTMLCanvasElement {
    return this.#canvas;
  }

  get chart(): Chart | undefined {
    return this.#chart;
  }

  draw(configuration: ChartConfiguration): void {
    this.#chart?.destroy();
    this.#chart = new Chart(this.#canvas, {
      ...configuration,
      options: {
        ...configuration.options,
        responsive: true,
        maintainAspectRatio: false,
        events: ['mousemove', 'mouseout', 'click'],
      },
    });
  }

  destroy(): void {
    this.#chart?.destroy();
  }
}

/** Axis of the editor's colours. */
export function axis(theme: Theme, title: string, more: object = {}) {
  return {
    title: { display: title !== '', text: title, color: theme.dim, font: { family: theme.font, size: 11 } },
    ticks: { color: theme.dim, font: { family: theme.font, size: 11 } },
    // Behind the lines, not through them.
    grid: { color: theme.highContrast ? `color-mix(in srgb, ${theme.grid} 25%, transparent)` : theme.grid },
    border: { color: theme.grid },
    ...more,
  };
}

/** The axis of a share, 0 to 100 %. */
export function shareAxis(theme: Theme, title: string) {
  const ticks = {
    color: theme.dim,
    font: { family: theme.font, size: 11 },
    callback: (value: string | number) => `${Math.round(Number(value) * 100)} %`,
    // Quarters end at 100 % in a low chart, too.
    stepSize: 0.25,
  };
  return axis(theme, title, { min: 0, max: 1, ticks });
}
