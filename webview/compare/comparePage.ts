import type { Raster } from '../../src/attribution/explanation.ts';
import { methodLabel } from '../../src/attribution/methods.ts';
import { targetTitle } from '../../src/attribution/targetTitle.ts';
import { formatShare } from '../../src/format.ts';
import { compare } from '../../src/runs/comparison.ts';
import type { Run, RunMap } from '../../src/runs/run.ts';
import type { PanelCommand, PanelViews, RunPair } from '../../src/views/panel/contract.ts';
import { button, element, replace, say } from '../element.ts';
import type { Cell } from '../map/cell.ts';
import type { Page, PageView } from '../pageView.ts';
import { lastPart } from '../runs/words.ts';
import { ChipSelect } from '../sections/chip.ts';
import type { Theme } from '../theme.ts';
import { LinkedPanes, mapsHelp } from './linkedPanes.ts';
import type { MapPane, PaneMap } from './mapPane.ts';
import { numbers } from './numbers.ts';
import { faintSide } from './ranges.ts';
import { Readings } from './readings.ts';
import { type CompareScale, scaled, usualScale } from './scaled.ts';

const scales: Readonly<Record<CompareScale, string>> = {
  shared: 'shared: a colour is the same number in both',
  own: 'own: each map up to its own maximum',
  rank: 'rank: each cell by its place among all',
};

const sentences: Readonly<Record<CompareScale, string>> = {
  shared: 'A and B share one colour scale; the difference is B − A.',
  own: 'A and B each have a colour scale of their own; the difference is that of their shares of the maximum.',
  rank: 'A and B are drawn by rank; the difference is that of the ranks.',
};

/** The Compare view: A | B | difference on one colour scale, each on its own or by rank, and the numbers of both. */
export class ComparePage implements PageView<PanelViews['compare']> {
  readonly #words = element('p', { id: 'compare-words' });
  readonly #misfit = element('p', {
    class: 'compare-misfit',
    id: 'compare-misfit',
    role: 'note',
    hidden: true,
  });
  readonly #numbers = element('div');
  readonly #readings = new Readings();
  readonly #panes: LinkedPanes;
  readonly #body: HTMLElement;
  readonly #status: HTMLElement;
  /** Below the maps, which come first. */
  readonly #below = element('div', { class: 'compare-words' });
  readonly root: HTMLElement;
  readonly #scale = new ChipSelect('compare-scale', 'scale', (scale) => {
    this.#wish = scale as CompareScale;
    if (this.#pair) this.#show(this.#pair);
  });
  #pair: RunPair | null = null;
  /** What a person chose for this pair. */
  #wish: CompareScale | null = null;

  constructor(private readonly page: Page) {
    this.#panes = new LinkedPanes(['pane-a', 'pane-b', 'pane-difference'], page.theme(), (cell, walked) =>
      this.#readOut(cell, walked),
    );
    this.#body = element(
      'div',
      { hidden: true },
      this.#misfit,
      this.#panes.root,
      element('p', { class: 'spoken', id: 'compare-help' }, mapsHelp),
      this.#readings.root,
      this.#below,
      this.#numbers,
    );
    const ask = (label: string, command: PanelCommand, id: string) =>
      button({ class: 'button secondary', id }, () => page.host.send({ kind: 'run', command }), label);
    const actions = element(
      'div',
      { class: 'audit-actions' },
      this.#scale.root,
      ask('Compare with…', 'compareWith', 'compare-with'),
    );
    this.#status = element('div', { class: 'audit-status' }, this.#words, actions);
    this.root = element('div', { class: 'compare' }, this.#status, this.#body);
    this.show({ pair: null });
  }

  show({ pair }: PanelViews['compare']): void {
    this.#pair = pair;
    this.#body.hidden = !pair;
    this.#scale.root.hidden = !pair;
    (pair ? this.#below : this.#status).prepend(this.#words);
    if (!pair) {
      say(
        this.#words,
        'Nothing is compared yet: choose two runs as A and B, or compare the map with another layer, method, mask, class or an earlier run.',
      );
      return;
    }
    this.#wish = null;
    this.#show(pair);
  }

  #show(pair: RunPair): void {
    const scale = this.#wish ?? usualScale(pair.a, pair.b);
    this.#scale.fill(
      (Object.keys(scales) as CompareScale[]).map((value) => ({ value, text: scales[value], short: value })),
      scale,
    );
    const faint = scale === 'shared' ? faintSide(pair.a.map, pair.b.map) : null;
    const hardlyShown = faint
      ? ` The largest value of ${faint.side} is ${formatShare(faint.share)} of the other's, so ${faint.side} hardly shows; the correlation does not depend on the scale.`
      : '';
    say(this.#words, `${sentences[scale]} Orange where B has more, blue where it has less.${hardlyShown}`);
    this.#fill(pair, scale);
    this.draw(this.page.theme());
  }

  /** Maps need a size, so they are drawn when the view is in front. */
  draw(theme: Theme): void {
    if (!this.#pair || this.root.hidden) return;
    // In two rows, all three are still on one screen.
    const least = Math.max(110, (window.innerHeight - 460) / 2);
    for (const pane of this.#panes.panes) pane.tallest = window.innerWidth < 640 ? least : 360;
    this.#panes.draw(theme);
  }

  resized(): void {
    if (this.#pair && !this.root.hidden) this.#panes.resized();
  }

  #fill(pair: RunPair, scale: CompareScale): void {
    const comparison = compare(pair.a.map, pair.b.map);
    const { a, b } = pair;
    // Without the same steps there is no zoom to share either.
    const isAligned = a.map.columns === b.map.columns && a.map.full.columns === b.map.full.columns;
    const drawn = scaled(a.map, b.map, comparison.difference, scale);
    const panes = this.#panes;
    const [paneA, paneB, paneDifference] = panes.panes as [MapPane, MapPane, MapPane];
    paneA.show(titleOf('A', a, b), wordsOf(a), isAligned ? paneOf('A', drawn.a, a.map) : null);
    paneB.show(titleOf('B', b, a), wordsOf(b), isAligned ? paneOf('B', drawn.b, b.map) : null);
    const { misfit } = comparison;
    const { difference } = drawn;
    const common = difference && paneOf('B − A', difference, commonPadding(a.map, b.map));
    paneDifference.show('B − A', difference ? sameWords(difference.raster) : '', common);
    paneDifference.root.hidden = !common;
    panes.root.classList.toggle('pair-only', !common);
    this.#misfit.hidden = misfit === null;
    say(this.#misfit, misfit ?? '');
    panes.restart(a.map.columns);
    replace(this.#numbers, numbers(pair, comparison));
    this.#readOut(null, false);
  }

  #readOut(cell: Cell | null, walked: boolean): void {
    this.#readings?.show(this.#pair, cell, walked);
  }
}

/** Names the model where the other side has another one. */
function titleOf(side: string, { facts }: Run, other: Run): string {
  const title = `${side} · ${lastPart(facts.file)} · ${facts.instance.id}`;
  const { path, hash } = facts.model;
  if (hash === other.facts.model.hash) return title;
  const named = lastPart(path);
  const isNamed = named !== lastPart(other.facts.model.path);
  return `${title} · ${isNamed ? named : `${named} ${hash.replace(/^sha256:/, '').slice(0, 8)}`}`;
}

function wordsOf({ facts, map }: Run): string {
  const { rows, columns } = map.pooling;
  const pooled =
    rows * columns > 1 ? ` · a cell is the strongest of ${columns} steps × ${rows} features` : '';
  return `${methodLabel(facts.how.method)} of ${facts.how.layer} ${targetTitle(facts.target)}${pooled}`;
}

function sameWords({ values }: Raster): string {
  return values.every((value) => value === 0) ? 'the same in every cell' : 'cell by cell';
}

function paneOf(
  side: string,
  { raster, range }: Pick<PaneMap, 'raster' | 'range'>,
  { mask, zones, pooling, features }: Pick<RunMap, 'mask' | 'zones' | 'pooling' | 'features'>,
): PaneMap {
  const { rows, columns, values } = raster;
  const size = rows > 1 ? `${rows} features by ${columns} steps` : `${columns} steps`;
  return {
    raster: { rows, columns, values },
    range,
    mask,
    zones,
    pooling,
    features,
    label: `${side}, ${size}`,
  };
}

/** On the difference a step is padding where it is in both; the zones are A's where both agree on the mask. */
function commonPadding(a: RunMap, b: RunMap): RunMap {
  if (a.mask.every((on, column) => on === b.mask[column])) return a;
  const mask = Uint8Array.from(a.mask, (on, column) => on | b.mask[column]!);
  return { ...a, mask, zones: [] };
}
