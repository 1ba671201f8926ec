import type { ChartConfiguration, Plugin } from 'chart.js';
import type { Evaluation, RandomisedStage } from '../../src/evaluation/evaluation.ts';
import { EVALUATION_THRESHOLDS } from '../../src/evaluation/thresholds.ts';
import { canvasText } from '../../src/surfaces/pageText.ts';
import { block } from '../audit/block.ts';
import { AuditChart, axis } from '../audit/charts.ts';
import { whiskers } from '../chart/whiskers.ts';
import { element } from '../element.ts';
import { counted } from '../format.ts';
import type { Theme } from '../theme.ts';
import { two } from './removalTable.ts';

const rowHeight = 22;

/** What is left of the map when weights are drawn anew: from the logits back, and stage by stage. */
export class WeightBars {
  readonly root: HTMLElement;
  readonly #parts: readonly { readonly chart: AuditChart; readonly stages: readonly RandomisedStage[] }[];

  constructor({ randomisation }: Evaluation) {
    if ('unavailable' in randomisation) {
      this.#parts = [];
      this.root = block('evaluation-weights', 'Weights drawn anew', randomisation.unavailable);
      return;
    }
    const { cascade, independent, draws, n } = randomisation;
    const part = (id: string, label: string, stages: readonly RandomisedStage[]) => ({
      chart: new AuditChart(id, label, 46 + rowHeight * stages.length),
      stages,
    });
    const back = part(
      'cascade-bars',
      'Rank correlation with weights drawn anew from the logits back',
      cascade,
    );
    const alone = part('independent-bars', 'Rank correlation with one stage drawn anew', independent);
    this.#parts = [back, alone];
    const half = (title: string, { chart }: typeof back) =>
      element('div', { class: 'curve' }, element('h3', {}, title), chart.root);
    this.root = block(
      'evaluation-weights',
      'Weights drawn anew',
      `|Rank correlation| of the map with the original over real steps, mean of ${counted(n, 'instance')} and ${counted(draws, 'draw')}, with its 95 % interval. Above ${EVALUATION_THRESHOLDS.randomised} (line) with all weights drawn anew, the map shows the input and the architecture, not what was learned.`,
      element('div', { class: 'curves' }, half('From the logits back to …', back), half('One alone', alone)),
      numbers(cascade, independent),
    );
  }

  draw(theme: Theme): void {
    for (const { chart, stages } of this.#parts) chart.draw(configuration(theme, stages));
  }

  destroy(): void {
    for (const { chart } of this.#parts) chart.destroy();
  }
}

function configuration(theme: Theme, stages: readonly RandomisedStage[]): ChartConfiguration {
  const made: ChartConfiguration<'bar'> = {
    type: 'bar',
    data: {
      labels: stages.map(({ stage }) => canvasText(short(stage))),
      datasets: [
        {
          data: stages.map(({ correlation }) => correlation.value),
          backgroundColor: theme.series[0],
          barThickness: 11,
          minBarLength: 1,
        },
      ],
    },
    options: {
      animation: false,
      indexAxis: 'y',
      scales: {
        x: axis(theme, '', { min: 0, max: 1 }),
        y: axis(theme, '', { grid: { display: false } }),
      },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
    },
    plugins: [
      whiskers(
        stages.map(({ correlation }) =>
          Number.isFinite(correlation.interval[0]) ? correlation.interval : null,
        ),
        theme,
      ),
      limit(theme),
    ],
  };
  return made as ChartConfiguration;
}

/** The line above which a map fails. */
function limit(theme: Theme): Plugin<'bar'> {
  return {
    id: 'limit',
    afterDatasetsDraw({ ctx, scales, chartArea }) {
      const x = Math.round(scales.x!.getPixelForValue(EVALUATION_THRESHOLDS.randomised)) + 0.5;
      ctx.save();
      ctx.strokeStyle = theme.foreground;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}

function numbers(cascade: readonly RandomisedStage[], independent: readonly RandomisedStage[]): HTMLElement {
  const head = [
    'Drawn anew',
    'Layer',
    '|ρ|',
    '95 % interval',
    'With sign',
    'Padding included',
    'Constant maps',
  ];
  const rows = [
    ...cascade.map((stage) => ({ stage, how: 'from the logits back to' })),
    ...independent.map((stage) => ({ stage, how: 'alone' })),
  ];
  return element(
    'details',
    { class: 'wide' },
    element('summary', {}, 'Numbers'),
    element(
      'table',
      { class: 'numbers', id: 'weight-numbers' },
      element('thead', {}, element('tr', {}, ...head.map((title) => element('th', { scope: 'col' }, title)))),
      element(
        'tbody',
        {},
        ...rows.map(({ stage: { stage, above, correlation, signed, withPadding, constant }, how }) => {
          const [low, high] = correlation.interval;
          const cells = [
            `${stage}${above ? ' (after the layer)' : ''}`,
            two(correlation.value),
            `${two(low)} to ${two(high)}`,
            two(signed),
            two(withPadding),
            `${constant}`,
          ];
          return element(
            'tr',
            {},
            element('th', { scope: 'row' }, how),
            ...cells.map((text) => element('td', {}, text)),
          );
        }),
      ),
    ),
  );
}

/** The end of a long name says more than its start. */
function short(name: string): string {
  return name.length > 22 ? `…${name.slice(-21)}` : name;
}
