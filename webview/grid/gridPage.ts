import type { Explanation } from '../../src/attribution/explanation.ts';
import { formatShare } from '../../src/format.ts';
import { colourRange } from '../../src/raster/colourRange.ts';
import type { GridPane, GridView, PanelViews } from '../../src/views/panel/contract.ts';
import { LinkedPanes } from '../compare/linkedPanes.ts';
import type { PaneMap } from '../compare/mapPane.ts';
import { button, element, replace, say } from '../element.ts';
import { counted } from '../format.ts';
import type { Page, PageView } from '../pageView.ts';
import type { PageScene } from '../scene.ts';
import { paddingShare } from '../sections/shares.ts';
import type { Theme } from '../theme.ts';

/** The Side by Side view: one instance by every quick method, or at every layer, each map on its own scale. */
export class GridPage implements PageView<PanelViews['grid']> {
  readonly #words = element('p', { id: 'grid-words', role: 'status' });
  readonly #place = element('div', { id: 'grid-maps' });
  readonly #every: HTMLElement;
  readonly root: HTMLElement;
  #panes: LinkedPanes | null = null;

  constructor(private readonly page: Page) {
    const ask = (what: NonNullable<GridView['what']>, words: string) =>
      button(
        { class: 'button secondary', id: `grid-${what}` },
        () => page.host.send({ kind: 'grid', what }),
        words,
      );
    this.#every = button(
      { class: 'button secondary', id: 'grid-classes' },
      () => page.host.send({ kind: 'run', command: 'everyClass' }),
      'All Classes',
    );
    this.root = element(
      'div',
      { class: 'compare' },
      element(
        'div',
        { class: 'audit-status' },
        this.#words,
        element(
          'div',
          { class: 'audit-actions' },
          ask('methods', 'All Methods'),
          ask('layers', 'All Layers'),
          this.#every,
        ),
      ),
      this.#place,
    );
    this.show({ what: null, panes: [], of: 0, left: 0 });
  }

  explained({ view: { explanation } }: PageScene): void {
    say(this.#every, explanation.prediction.values ? 'All Outputs' : 'All Classes');
  }

  show({ what, panes, of, left }: GridView): void {
    const rest = of - panes.length;
    say(this.#words, what === null ? empty : words(what, panes.length, rest, left));
    const drawn = panes.filter((pane): pane is Drawn => pane.explanation !== null);
    const first = drawn[0]?.explanation;
    // Steps are the same for all; a model of free length is asked with the same series.
    const fitting = drawn.filter(({ explanation }) => explanation.map.columns === first?.map.columns);
    this.#panes = null;
    this.#place.replaceChildren();
    if (!what || !first || rest > 0) return;
    this.#panes = new LinkedPanes(
      fitting.map((_, i) => `pane-grid-${i}`),
      this.page.theme(),
      () => {},
    );
    for (const [i, { name, explanation }] of fitting.entries()) {
      const pane = this.#panes.panes[i]!;
      pane.tallest = 150;
      const title = what === 'methods' ? this.#label(name) : name;
      const share = formatShare(paddingShare(explanation.shares).map);
      pane.show(title, `${share} on padding`, paneOf(title, explanation));
      pane.root.append(
        button(
          { class: 'text-button', 'data-way': name },
          () => this.#open(what, explanation),
          `Explain with ${title}`,
        ),
      );
    }
    this.#panes.restart(first.map.columns);
    const refused = panes.filter(({ sentence }) => sentence !== null);
    replace(
      this.#place,
      this.#panes.root,
      ...refused.map(({ name, sentence }) => element('p', { class: 'dim' }, `${name}: ${sentence}`)),
    );
    this.draw(this.page.theme());
  }

  /** Maps need a size, so they are drawn when the view is in front. */
  draw(theme: Theme): void {
    if (!this.root.hidden) this.#panes?.draw(theme);
  }

  resized(): void {
    if (!this.root.hidden) this.#panes?.resized();
  }

  #label(id: string): string {
    return this.page.scene()?.view.methods.find((one) => one.id === id)?.label ?? id;
  }

  #open(what: NonNullable<GridView['what']>, { how, layer }: Explanation): void {
    const choice =
      what === 'methods'
        ? ({ what: 'method', method: how.method } as const)
        : ({ what: 'layer', name: layer.name } as const);
    this.page.host.send({ kind: 'choose', choice });
    this.page.bring('map');
  }
}

type Drawn = GridPane & { readonly explanation: Explanation };

const empty =
  'This instance by every quick method or at every layer, each map on its own colour scale, or for every class.';

function words(what: NonNullable<GridView['what']>, done: number, rest: number, left: number): string {
  const name = what === 'methods' ? 'method' : 'layer';
  if (rest > 0) return `Explaining: ${done} of ${counted(done + rest, name)} …`;
  const shown = left > 0 ? `The first ${done} of ${done + left} ${name}s` : counted(done, name);
  return `${shown}, each map on its own colour scale: the bars have the numbers.`;
}

function paneOf(title: string, { map, padding, zones, signals }: Explanation): PaneMap {
  const size = map.rows > 1 ? `${map.rows} features by ${map.columns} steps` : `${map.columns} steps`;
  return {
    raster: map,
    range: colourRange(map, padding.mask, false),
    mask: padding.mask,
    zones,
    pooling: { rows: 1, columns: 1 },
    features: signals.features,
    label: `${title}, ${size}`,
  };
}
