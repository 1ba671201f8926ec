import type { ChartConfiguration } from 'chart.js';
import type { Evaluation, MeanCurve, RemovalResult } from '../../src/evaluation/evaluation.ts';
import { replacementName } from '../../src/evaluation/replacement.ts';
import { block } from '../audit/block.ts';
import { AuditChart, axis, shareAxis } from '../audit/charts.ts';
import { element, replace } from '../element.ts';
import { ChipSelect } from '../sections/chip.ts';
import type { Theme } from '../theme.ts';
import { range3, removalTable, three } from './removalTable.ts';

const height = 200;

/** Deletion and insertion under one replacement, with the random order beside; the numbers of all below. */
export class RemovalCharts {
  readonly root: HTMLElement;
  readonly #deletion = new AuditChart(
    'deletion-curve',
    'Probability as the highest cells are taken away',
    height,
  );
  readonly #insertion = new AuditChart(
    'insertion-curve',
    'Probability as the highest cells are put back',
    height,
  );
  readonly #words = element('p', { id: 'removal-words', 'aria-live': 'polite' });
  readonly #replacement: ChipSelect;
  readonly #scope: ChipSelect;
  #result: RemovalResult;
  #theme: Theme | null = null;

  constructor(private readonly evaluation: Evaluation) {
    const { removal, instances } = evaluation;
    this.#result = removal[0]!;
    this.#replacement = new ChipSelect('removal-replacement', 'replaced by', () => this.#choose());
    this.#scope = new ChipSelect('removal-scope', 'cells', () => this.#choose());
    const replacements = [...new Set(removal.map(({ replacement }) => replacement))];
    this.#replacement.fill(
      replacements.map((value) => ({ value, text: replacementName(value) })),
      this.#result.replacement,
    );
    const scopes = [...new Set(removal.map(({ scope }) => scope))];
    this.#scope.fill(
      scopes.map((value) => ({ value, text: value === 'real' ? 'of real steps' : 'padding included' })),
      this.#result.scope,
    );
    const chart = (title: string, of: AuditChart) =>
      element('div', { class: 'curve' }, element('h3', {}, title), of.root);
    this.root = block(
      'evaluation-removal',
      'Deletion and insertion',
      `Cells go (or come back) in the order of the map, highest first. A map is only good if it does better than a random order${instances.length > 1 ? '; bands are 95 % intervals over the instances' : '; the band is where 95 % of random orders lie'}.`,
      element(
        'div',
        { class: 'chips', role: 'group', 'aria-label': 'What is shown' },
        this.#replacement.root,
        this.#scope.root,
      ),
      element(
        'div',
        { class: 'curves' },
        chart('Deletion: lower is better', this.#deletion),
        chart('Insertion: higher is better', this.#insertion),
      ),
      element(
        'p',
        { class: 'legend dim' },
        element('span', { class: 'swatch solid' }),
        'order of the map',
        element('span', { class: 'swatch dashed' }),
        'random order',
      ),
      this.#words,
      removalTable(evaluation),
    );
    this.#say();
  }

  draw(theme: Theme): void {
    this.#theme = theme;
    const { deletion, insertion, random } = this.#result;
    this.#deletion.draw(this.#configuration(theme, deletion, random, 'share of cells taken away'));
    this.#insertion.draw(this.#configuration(theme, insertion, mirrored(random), 'share of cells put back'));
  }

  destroy(): void {
    this.#deletion.destroy();
    this.#insertion.destroy();
  }

  #choose(): void {
    const [replacement, scope] = [this.#replacement.value, this.#scope.value];
    this.#result = this.evaluation.removal.find(
      (one) => one.replacement === replacement && one.scope === scope,
    )!;
    this.#say();
    if (this.#theme) this.draw(this.#theme);
  }

  #say(): void {
    const { deletionArea, insertionArea, randomArea, deletionGain, insertionGain, probabilityGone } =
      this.#result;
    replace(
      this.#words,
      `Area under p: deletion ${three(deletionArea.value)}, insertion ${three(insertionArea.value)}, random order ${three(randomArea.value)}. Better than random by ${range3(deletionGain)} in deletion and ${range3(insertionGain)} in insertion. With every cell gone p is ${three(probabilityGone.value)}.`,
    );
  }

  #configuration(theme: Theme, map: MeanCurve, random: MeanCurve, title: string): ChartConfiguration {
    const { shares } = this.evaluation;
    const points = (values: readonly number[]) => values.map((y, i) => ({ x: shares[i]!, y }));
    const edge = { borderWidth: 0, pointRadius: 0 };
    const band = (of: MeanCurve, colour: string) => [
      { data: points(of.high), ...edge },
      { data: points(of.low), ...edge, fill: '-1', backgroundColor: translucent(colour) },
    ];
    const configuration: ChartConfiguration<'line', { x: number; y: number }[]> = {
      type: 'line',
      data: {
        datasets: [
          {
            data: points(map.probability),
            ...{ borderColor: theme.series[0], backgroundColor: theme.series[0] },
            ...{ borderWidth: 2, pointRadius: 2 },
          },
          {
            data: points(random.probability),
            ...{ borderColor: theme.foreground, borderDash: [5, 4], borderWidth: 1.5, pointRadius: 0 },
          },
          ...band(map, theme.series[0]!),
          ...band(random, theme.foreground),
        ],
      },
      options: {
        animation: false,
        scales: {
          x: { ...shareAxis(theme, title), type: 'linear' },
          y: axis(theme, 'p', { min: 0, max: 1 }),
        },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
      },
    };
    return configuration as ChartConfiguration;
  }
}

/** Putting back in the reversed random order passes through the same series. */
function mirrored({ probability, low, high, logit }: MeanCurve): MeanCurve {
  return {
    probability: probability.toReversed(),
    low: low.toReversed(),
    high: high.toReversed(),
    logit: logit.toReversed(),
  };
}

/** Canvas understands colour-mix, whatever notation the theme gives. */
function translucent(colour: string): string {
  return `color-mix(in srgb, ${colour} 16%, transparent)`;
}
