import type { ChartConfiguration } from 'chart.js';
import { formatNumber, formatShare } from '../../src/format.ts';
import type { Epoch } from '../../src/views/panel/contract.ts';
import { AuditChart, axis, shareAxis } from '../audit/charts.ts';
import { element, replace, say } from '../element.ts';
import type { Theme } from '../theme.ts';

/** Loss and accuracy by epoch: lines told apart by their dashes too, the last numbers in words below. */
export class LearningCurve {
  readonly #chart: AuditChart;
  readonly #words: HTMLElement;
  readonly root: HTMLElement;
  #curve: readonly Epoch[] = [];
  #best: number | undefined;
  readonly #table = element('div', { class: 'table-scroll' });
  readonly #numbers: HTMLDetailsElement;

  constructor(id: string) {
    this.#chart = new AuditChart(id, 'Loss and accuracy by epoch', 180);
    this.#words = element('p', { class: 'dim', id: `${id}-words` });
    this.#numbers = element(
      'details',
      { class: 'curve-numbers', id: `${id}-numbers` },
      element('summary', {}, 'Every epoch as numbers'),
      this.#table,
    );
    this.#numbers.addEventListener('toggle', () => this.#count());
    this.root = element('div', {}, this.#chart.root, this.#words, this.#numbers);
  }

  /** @param best index of the epoch whose weights are kept */
  show(curve: readonly Epoch[], best?: number): void {
    [this.#curve, this.#best] = [curve, best];
    const last = curve.at(-1);
    const validation = last?.validation;
    say(
      this.#words,
      last
        ? [
            `Epoch ${curve.length}: loss ${last.loss.toFixed(3)} nats, accuracy in training ${formatShare(last.accuracy)}`,
            ...(validation === undefined ? [] : [`set aside ${formatShare(validation)}`]),
            ...(best === undefined
              ? []
              : [best < 0 ? 'kept: the weights it began with' : `kept: epoch ${best + 1}`]),
          ].join(', ')
        : 'The first epoch is not through yet.',
    );
    this.#numbers.hidden = !last;
    this.#count();
  }

  /** Only where somebody looks: a row more with every epoch. */
  #count(): void {
    if (!this.#numbers.open) return;
    const cells = (tag: 'td' | 'th', texts: readonly string[]) =>
      element('tr', {}, ...texts.map((text) => element(tag, tag === 'th' ? { scope: 'col' } : {}, text)));
    const isHeld = this.#curve.some(({ validation }) => validation !== undefined);
    const heads = ['epoch', 'loss (nats)', 'accuracy in training', ...(isHeld ? ['set aside'] : [])];
    const rows = this.#curve.map(({ loss, accuracy, validation }, i) => [
      `${i + 1}${i === this.#best ? ' (kept)' : ''}`,
      formatNumber(loss),
      formatShare(accuracy),
      ...(isHeld ? [validation === undefined ? '–' : formatShare(validation)] : []),
    ]);
    replace(
      this.#table,
      element(
        'table',
        {},
        element('thead', {}, cells('th', heads)),
        element('tbody', {}, ...rows.map((row) => cells('td', row))),
      ),
    );
  }

  draw(theme: Theme): void {
    const points = (of: (epoch: Epoch) => number | undefined) =>
      this.#curve.flatMap((epoch, i) => {
        const y = of(epoch);
        return y === undefined ? [] : [{ x: i + 1, y }];
      });
    const line = (label: string, data: object[], colour: string, dash: number[], yAxisID: string) => ({
      ...{ label, data, borderColor: colour, backgroundColor: colour, borderDash: dash, yAxisID },
      ...{ borderWidth: 1.5, pointRadius: data.length > 30 ? 0 : 2 },
    });
    const [first, second] = theme.series;
    const validation = points((epoch) => epoch.validation);
    const datasets = [
      line(
        'loss (nats)',
        points(({ loss }) => loss),
        theme.dim,
        [],
        'loss',
      ),
      line(
        'accuracy in training',
        points(({ accuracy }) => accuracy),
        first!,
        [4, 3],
        'share',
      ),
      ...(validation.length > 0
        ? [line('accuracy of those set aside', validation, second!, [], 'share')]
        : []),
    ];
    const best = this.#best;
    const configuration = {
      type: 'line',
      data: { datasets },
      options: {
        scales: {
          x: axis(theme, best === undefined || best < 0 ? 'epoch' : `epoch (kept: ${best + 1})`, {
            type: 'linear',
            min: 1,
            max: Math.max(2, this.#curve.length),
          }),
          loss: axis(theme, 'loss', { min: 0, position: 'left' }),
          share: { ...shareAxis(theme, 'accuracy'), position: 'right', grid: { display: false } },
        },
        plugins: {
          legend: {
            display: true,
            labels: { color: theme.dim, boxHeight: 1, font: { family: theme.font, size: 11 } },
          },
          tooltip: { enabled: false },
        },
      },
    };
    this.#chart.draw(configuration as unknown as ChartConfiguration);
  }

  destroy(): void {
    this.#chart.destroy();
  }
}
