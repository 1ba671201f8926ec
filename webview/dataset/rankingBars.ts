import type { ChartConfiguration } from 'chart.js';
import { FEW, type Overview, type RankedFeature, type Scale } from '../../src/overview/overview.ts';
import { groupName, importanceText, rankRange } from '../../src/overview/words.ts';
import { canvasText } from '../../src/surfaces/pageText.ts';
import { block } from '../audit/block.ts';
import { AuditChart, axis } from '../audit/charts.ts';
import { whiskers } from '../chart/whiskers.ts';
import { element } from '../element.ts';
import { counted } from '../format.ts';
import type { Theme } from '../theme.ts';
import { groupOf, type Shown } from './shown.ts';

const rowHeight = 20;
const most = 20;

/** The strongest features as bars with their intervals; all of them in a table. */
export class RankingBars {
  readonly root: HTMLElement;
  readonly #chart: AuditChart;
  readonly #bars: readonly RankedFeature[];

  constructor(
    private readonly overview: Overview,
    private readonly shown: Shown,
  ) {
    const group = groupOf(overview, shown);
    const ranking = group.ranking?.[shown.scale];
    this.#bars = ranking?.n ? ranking.features.slice(0, most) : [];
    this.#chart = new AuditChart(
      'ranking-bars',
      `Features by importance, ${groupName(group)}`,
      44 + rowHeight * this.#bars.length,
    );
    this.root = block(
      'dataset-ranking',
      'Which features',
      this.#words(ranking?.n ?? 0, ranking?.stability ?? null),
      this.#bars.length > 0 && this.#chart.root,
      this.#bars.length > 0 && numbers(overview, ranking!.features, shown.scale),
    );
  }

  draw(theme: Theme): void {
    if (this.#bars.length === 0) return;
    const { scale } = this.shown;
    const font = { family: theme.font, size: 11 };
    const callback = (value: string | number) => importanceText(Number(value), scale).replace('.0 %', ' %');
    const configuration: ChartConfiguration<'bar'> = {
      type: 'bar',
      data: {
        labels: this.#bars.map(({ feature }) => canvasText(this.overview.features![feature]!)),
        datasets: [
          {
            data: this.#bars.map(({ value }) => value),
            backgroundColor: theme.series[0],
            barThickness: 10,
            minBarLength: 1,
          },
        ],
      },
      options: {
        indexAxis: 'y',
        scales: {
          x: axis(theme, '', {
            ...{ min: 0, suggestedMax: this.#most },
            ticks: { color: theme.dim, font, callback },
          }),
          y: axis(theme, '', {
            grid: { display: false },
            ticks: { color: theme.dim, font, autoSkip: false },
          }),
        },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
      },
      plugins: [
        whiskers(
          this.#bars.map(({ interval }) => interval),
          theme,
        ),
      ],
    };
    this.#chart.draw(configuration as ChartConfiguration);
  }

  destroy(): void {
    this.#chart.destroy();
  }

  get #most(): number {
    return Math.max(...this.#bars.map(({ value, interval }) => interval?.[1] ?? value)) * 1.02;
  }

  #words(n: number, stability: number | null): string {
    const { features } = this.overview;
    if (!features) return 'This layer has a time map only, so features cannot be ranked: choose a 2-D layer.';
    if (n === 0) return 'Every map is zero on all real steps, so there is nothing to rank.';
    const what =
      this.shown.scale === 'normalised'
        ? `Share of |map| on real steps, the mean over ${counted(n, 'instance')}; an even share would be ${importanceText(1 / features.length, 'normalised')}.`
        : `Mean |map| over real steps, the mean over ${counted(n, 'instance')}.`;
    const shown =
      features.length > most ? ` The ${most} strongest of ${features.length}; the table has all.` : '';
    return stability === null
      ? `${what} Fewer than ${FEW} instances: no interval can be given.${shown}`
      : `${what} Whiskers: 95 % over instances. Redrawn, the instances give ranks that agree ${stability.toFixed(2)} (mean Spearman correlation).${shown}`;
  }
}

function numbers({ features }: Overview, ranked: readonly RankedFeature[], scale: Scale): HTMLElement {
  const cells = ({ feature, value, interval, ranks }: RankedFeature) => [
    features![feature]!,
    importanceText(value, scale),
    interval ? interval.map((end) => importanceText(end, scale)).join(' to ') : 'cannot tell',
    ranks ? rankRange(ranks) : 'cannot tell',
  ];
  const head = ['Feature', scale === 'normalised' ? 'Share' : 'Importance', '95 % interval', 'Rank'];
  return element(
    'details',
    {},
    element('summary', {}, 'Numbers'),
    element(
      'table',
      { class: 'numbers', id: 'ranking-numbers' },
      element('thead', {}, element('tr', {}, ...head.map((name) => element('th', {}, name)))),
      element(
        'tbody',
        {},
        ...ranked.map((each) => element('tr', {}, ...cells(each).map((text) => element('td', {}, text)))),
      ),
    ),
  );
}
