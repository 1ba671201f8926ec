import type { ChartConfiguration } from 'chart.js';
import type { Audit, SweepPoint } from '../../src/padding/audit.ts';
import type { Theme } from '../theme.ts';
import { block } from './block.ts';
import { AuditChart, axis } from './charts.ts';

/** p of the originally predicted class against the padded length: a curve with its interval. */
export class SweepCurve {
  readonly root: HTMLElement;
  readonly #chart = new AuditChart(
    'sweep-curve',
    'Probability of the predicted class against padded length',
    190,
  );
  readonly #points: readonly SweepPoint[];

  constructor({ lengthSweep, steps, instances }: Audit) {
    this.#points = 'unavailable' in lengthSweep ? [] : lengthSweep;
    this.root = block(
      'audit-sweep',
      'Probability against padded length',
      'unavailable' in lengthSweep
        ? lengthSweep.unavailable
        : `${instances.length === 1 ? 'Probability' : 'Mean probability'} of the class predicted at ${steps} steps while only the amount of padding changes.`,
      'unavailable' in lengthSweep ? null : this.#chart.root,
    );
  }

  draw(theme: Theme): void {
    if (this.#points.length === 0) return;
    const line = (of: (point: SweepPoint) => number) =>
      this.#points.map((point) => ({ x: point.steps, y: of(point) }));
    const edge = { borderWidth: 0, pointRadius: 0 };
    const colour = theme.series[0]!;
    const configuration: ChartConfiguration<'line', { x: number; y: number }[]> = {
      type: 'line',
      data: {
        datasets: [
          {
            data: line(({ probability }) => probability.value),
            borderColor: colour,
            pointRadius: 2.5,
            backgroundColor: colour,
          },
          { data: line(({ probability }) => probability.interval[1]), ...edge },
          {
            data: line(({ probability }) => probability.interval[0]),
            ...edge,
            fill: '-1',
            backgroundColor: translucent(colour),
          },
        ],
      },
      options: {
        scales: {
          x: axis(theme, 'padded length in steps', {
            type: 'linear',
            min: this.#points[0]!.steps,
            max: this.#points.at(-1)!.steps,
          }),
          y: axis(theme, 'p', { min: 0, max: 1 }),
        },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
      },
    };
    this.#chart.draw(configuration as ChartConfiguration);
  }

  destroy(): void {
    this.#chart.destroy();
  }
}

/** Canvas understands colour-mix, whatever notation the theme gives. */
function translucent(colour: string): string {
  return `color-mix(in srgb, ${colour} 25%, transparent)`;
}
