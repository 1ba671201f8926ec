import type { ChartConfiguration } from 'chart.js';
import { formatShare } from '../../src/format.ts';
import type { Audit, AuditedInstance } from '../../src/padding/audit.ts';
import { interventionName } from '../../src/padding/interventionNames.ts';
import { whyNone } from '../../src/padding/whyNone.ts';
import { button, element, replace } from '../element.ts';
import { counted } from '../format.ts';
import type { Theme } from '../theme.ts';
import { block } from './block.ts';
import { AuditChart, axis, shareAxis } from './charts.ts';

/** Every instance by length and share of its map on padding; those whose answer flips are crosses. A click opens one. */
export class LengthScatter {
  readonly root: HTMLElement;
  readonly #chart = new AuditChart(
    'length-scatter',
    'Length against share of the map on padding, one mark per instance',
    240,
  );
  readonly #point = element('p', { class: 'dim', id: 'scatter-point', role: 'status' }, hint);
  readonly #groups: readonly AuditedInstance[][];

  constructor(
    private readonly audit: Audit,
    private readonly open: (index: number) => void,
  ) {
    const { instances } = audit;
    this.#groups = [
      instances.filter((one) => one.flips.length === 0),
      instances.filter((one) => one.flips.length > 0),
    ];
    const none = whyNone(audit.carrier);
    this.root = block(
      'audit-instances',
      'Every instance',
      none ??
        `${counted(this.#groups[1]!.length, 'answer')} of ${instances.length} ${this.#groups[1]!.length === 1 ? 'flips' : 'flip'} under some change of the padding.`,
      this.#chart.root,
      this.#point,
      none === null && this.#list(),
    );
  }

  draw(theme: Theme): void {
    const points = (group: readonly AuditedInstance[]) =>
      group.map((one) => ({ x: one.length, y: one.paddingShare }));
    const configuration: ChartConfiguration<'scatter'> = {
      type: 'scatter',
      data: {
        datasets: [
          {
            label: 'holds',
            data: points(this.#groups[0]!),
            pointStyle: 'circle',
            borderColor: theme.series[0],
            pointRadius: 4,
            pointHoverRadius: 6,
            backgroundColor: 'transparent',
            clip: false,
          },
          {
            label: 'flips',
            data: points(this.#groups[1]!),
            pointStyle: 'crossRot',
            borderColor: theme.series[3],
            pointRadius: 5,
            clip: false,
            pointHoverRadius: 7,
            borderWidth: 2,
          },
        ],
      },
      options: {
        scales: {
          x: axis(theme, 'real steps', { type: 'linear', min: 0, max: this.audit.steps }),
          y: shareAxis(theme, '|map| on padding'),
        },
        plugins: {
          legend: { labels: { color: theme.foreground, usePointStyle: true, font: { family: theme.font } } },
          tooltip: { enabled: false },
        },
        onHover: (_, [hit]) => {
          const one = hit && this.#groups[hit.datasetIndex]?.[hit.index];
          replace(this.#point, one ? describe(one, this.audit.classes) : hint);
        },
        onClick: (_, [hit]) => {
          const one = hit && this.#groups[hit.datasetIndex]?.[hit.index];
          if (one) this.open(one.index);
        },
      },
    };
    this.#chart.draw(configuration as ChartConfiguration);
  }

  destroy(): void {
    this.#chart.destroy();
  }

  /** The same for the keyboard and for screen readers: the instances that flip, most padded first. */
  #list(): HTMLElement {
    const flipping = this.#groups[1]!.toSorted((a, b) => b.flips.length - a.flips.length);
    return element(
      'details',
      {},
      element('summary', {}, `Instances that flip (${flipping.length})`),
      element(
        'ul',
        { class: 'flipping', id: 'flipping' },
        ...flipping.map((one) =>
          element(
            'li',
            {},
            button({ class: 'link' }, () => this.open(one.index), one.id),
            ` ${describe(one, this.audit.classes)}`,
          ),
        ),
      ),
    );
  }
}

const hint = 'Point at a mark to see which instance it is; click it to open its map.';

function describe(one: AuditedInstance, classes: readonly string[]): string {
  const flips = one.flips.length
    ? `flips under ${one.flips.map(interventionName).join(', ')}`
    : 'holds under every change';
  return `${one.id}: ${counted(one.length, 'real step')}, ${classes[one.predicted] ?? one.predicted} ${one.probability.toFixed(2)}, ${formatShare(one.paddingShare)} of the map on padding, ${flips}.`;
}
