import type { ChartConfiguration } from 'chart.js';
import { formatShare } from '../../src/format.ts';
import type { Audit, CarrierFigures } from '../../src/padding/audit.ts';
import { interventionName, shortName } from '../../src/padding/interventionNames.ts';
import { whyNone } from '../../src/padding/whyNone.ts';
import { canvasText } from '../../src/surfaces/pageText.ts';
import { whiskers } from '../chart/whiskers.ts';
import { element } from '../element.ts';
import type { Theme } from '../theme.ts';
import { block } from './block.ts';
import { AuditChart, axis, shareAxis } from './charts.ts';

const rowHeight = 24;

/** Share of answers that flip under each change of the padding, with its interval; numbers in a table below. */
export class FlipBars {
  readonly root: HTMLElement;
  readonly #chart: AuditChart;
  readonly #known: readonly CarrierFigures[];

  constructor({ carrier, instances }: Audit) {
    this.#known = carrier.filter((result): result is CarrierFigures => !('unavailable' in result));
    this.#chart = new AuditChart(
      'flip-bars',
      'Share of answers that flip, by change of the padding',
      40 + rowHeight * this.#known.length,
    );
    const none = whyNone(carrier);
    const missing = none ? [] : carrier.flatMap((result) => ('unavailable' in result ? [result] : []));
    this.root = block(
      'audit-carrier',
      'Does the answer survive other padding?',
      none ??
        `Share of ${instances.length} answers that flip, with its 95 % interval; the real steps stay as they are.`,
      none === null && this.#chart.root,
      none === null && numbers(this.#known),
      ...missing.map(({ intervention, unavailable }) =>
        element('p', { class: 'dim' }, `${capital(interventionName(intervention))}: ${unavailable}`),
      ),
    );
  }

  draw(theme: Theme): void {
    if (this.#known.length === 0) return;
    const rates = this.#known.map(({ flipRate }) => flipRate);
    const configuration: ChartConfiguration<'bar'> = {
      type: 'bar',
      data: {
        labels: this.#known.map(({ intervention }) => canvasText(shortName(intervention))),
        datasets: [
          {
            data: rates.map(({ value }) => value),
            backgroundColor: theme.series[0],
            barThickness: 11,
            minBarLength: 1,
          },
        ],
      },
      options: {
        indexAxis: 'y',
        scales: { x: shareAxis(theme, ''), y: axis(theme, '', { grid: { display: false } }) },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
      },
      plugins: [
        whiskers(
          rates.map(({ interval }) => interval),
          theme,
        ),
      ],
    };
    this.#chart.draw(configuration as ChartConfiguration);
  }

  destroy(): void {
    this.#chart.destroy();
  }
}

function numbers(known: readonly CarrierFigures[]): HTMLElement {
  const cell = (text: string) => element('td', {}, text);
  return element(
    'details',
    {},
    element('summary', {}, 'Numbers'),
    element(
      'table',
      { class: 'numbers', id: 'carrier-numbers' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...['Padding', 'Flips', '95 % interval', 'Mean |Δp|', 'Largest change'].map((name) =>
            element('th', {}, name),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        ...known.map(({ intervention, flipRate, meanAbsDp, worst }) =>
          element(
            'tr',
            { 'data-intervention': intervention },
            cell(interventionName(intervention)),
            cell(formatShare(flipRate.value)),
            cell(`${formatShare(flipRate.interval[0])} to ${formatShare(flipRate.interval[1])}`),
            cell(meanAbsDp.value.toFixed(3)),
            cell(worst.id),
          ),
        ),
      ),
    ),
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
