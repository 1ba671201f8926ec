import { answerNumber } from '../../src/attribution/answerWords.ts';
import type { ClassMap, Explanation, Raster } from '../../src/attribution/explanation.ts';
import { formatNumber, formatShare } from '../../src/format.ts';
import type { ColourRange } from '../../src/raster/colourRange.ts';
import { colourRange } from '../../src/raster/colourRange.ts';
import type { PanelView, PanelViews } from '../../src/views/panel/contract.ts';
import { LinkedPanes } from '../compare/linkedPanes.ts';
import type { PaneMap } from '../compare/mapPane.ts';
import { button, element, replace, say } from '../element.ts';
import { formatProbability } from '../format.ts';
import { type Cell, featureName } from '../map/cell.ts';
import type { Page, PageView } from '../pageView.ts';
import type { PageScene } from '../scene.ts';
import type { Theme } from '../theme.ts';

/** Every class's map of the picture that stands, as small multiples on one colour scale. */
export class ClassesPage implements PageView<PanelViews['classes']> {
  readonly #words = element('p', { id: 'classes-words' });
  readonly #place = element('div', { id: 'classes-maps' });
  readonly #reading = element('p', {
    class: 'classes-reading',
    id: 'classes-reading',
    'aria-live': 'polite',
  });
  readonly #every = button({ class: 'button secondary', id: 'every-class' }, () => this.#ask(), '');
  readonly root: HTMLElement;
  #panes: LinkedPanes | null = null;
  #shown: Explanation | null = null;
  /** The picture whose classes were last asked for. */
  #asked = '';

  constructor(private readonly page: Page) {
    this.root = element(
      'div',
      { class: 'compare' },
      element('div', { class: 'audit-status' }, this.#words, this.#every),
      this.#place,
      this.#reading,
    );
    this.show({ explanation: null });
  }

  #ask(): void {
    this.page.host.send({ kind: 'run', command: 'everyClass' });
  }

  explained({ view }: PageScene): void {
    this.#name();
    if (!this.root.hidden) this.#opened(view);
  }

  opened(): void {
    this.#opened(this.page.scene()?.view);
  }

  /** Whoever opens the tab wants to see it; what takes long waits for its button. */
  #opened(view: PanelView | undefined): void {
    const method = view?.methods.find(({ id }) => id === view.explanation.how.method);
    if (!view || !method?.isQuick || this.#shown) return;
    const { instance, target, how, padding, provenance } = view.explanation;
    const key = JSON.stringify([instance.index, target, how, padding.length, provenance]);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#ask();
  }

  /** What these are: classes, or outputs that are numbers. */
  #name(): void {
    const isValues = this.page.scene()?.view.explanation.prediction.values !== undefined;
    say(this.#every, isValues ? 'Show Every Output' : 'Show Every Class');
    const what = isValues ? 'output' : 'class';
    const none = `The same method for every ${what}, side by side on one colour scale, has not been computed for this picture.`;
    if (!this.#panes) say(this.#words, none);
  }

  /** Null where the classes of the picture that stands have not been asked for. */
  show({ explanation }: PanelViews['classes']): void {
    this.#shown = explanation;
    if (explanation) this.#asked = '';
    const maps = explanation?.classMaps ?? [];
    say(this.#reading, '');
    if (!explanation || maps.length === 0) {
      this.#panes = null;
      this.#name();
      replace(this.#place);
      return;
    }
    const range = sharedRange(maps, explanation.padding.mask);
    const { method: id } = explanation.how;
    const method = this.page.scene()?.view.methods.find((one) => one.id === id)?.label ?? id;
    const where = explanation.layer.name === 'input' ? 'at the input' : `of ${explanation.layer.name}`;
    say(
      this.#words,
      `${method} ${where} for ${maps.length} of ${explanation.prediction.classes.length} ${explanation.prediction.values ? 'outputs' : 'classes, most probable first'}, on one colour scale.${faint(maps)}`,
    );
    const ids = maps.map((_, i) => `pane-class-${i}`);
    this.#panes = new LinkedPanes(ids, this.page.theme(), (cell) => this.#read(cell));
    for (const [i, one] of maps.entries()) {
      const pane = this.#panes.panes[i]!;
      pane.show(title(explanation, one), shares(one), paneOf(explanation, one, range));
      pane.root.append(
        button(
          { class: 'text-button', 'data-class': one.target.index },
          () => this.#open(one.target.index),
          `Explain ${one.target.name}`,
        ),
      );
    }
    this.#panes.restart(maps[0]!.map.columns);
    replace(this.#place, this.#panes.root);
    this.draw(this.page.theme());
  }

  /** Maps need a size, so they are drawn when the view is in front. */
  draw(theme: Theme): void {
    if (!this.root.hidden) this.#panes?.draw(theme);
  }

  resized(): void {
    if (!this.root.hidden) this.#panes?.resized();
  }

  /** Shows the class on the map. */
  #open(index: number): void {
    this.page.host.send({ kind: 'choose', choice: { what: 'class', index } });
    this.page.bring('map');
  }

  #read(cell: Cell | null): void {
    const explanation = this.#shown;
    if (!explanation || !cell) return;
    const row = cell.feature ?? 0;
    const values = (explanation.classMaps ?? []).map(
      ({ target, map }) => `${target.name} ${formatNumber(map.values[row * map.columns + cell.step]!)}`,
    );
    const what = cell.feature === null ? 'all features' : featureName(explanation, cell.feature);
    say(this.#reading, `${what}, step ${cell.step}: ${values.join(', ')}`);
  }
}

function title({ prediction }: Explanation, { target }: ClassMap): string {
  const p = answerNumber(prediction, target.index, formatProbability);
  if (prediction.values) return `${target.name} · ${p}`;
  return `${target.name} · ${p}${target.index === prediction.predicted ? ' · predicted' : ''}`;
}

function shares({ shares: { REAL, MIXED, EMPTY } }: ClassMap): string {
  const all = { REAL, MIXED, EMPTY };
  const shown = Object.entries(all).filter(([, { positions }]) => positions > 0);
  return `|map|: ${shown.map(([zone, { map }]) => `${zone} ${formatShare(map)}`).join(', ')}`;
}

function sharedRange(maps: readonly ClassMap[], mask: Uint8Array): ColourRange {
  const ranges = maps.map(({ map }) => colourRange(map, mask, false));
  const high = Math.max(...ranges.map((range) => range.high));
  const signed = ranges.some((range) => range.signed);
  return {
    low: signed ? -high : 0,
    high,
    signed,
    over: 'all steps',
    beyond: null,
    allZero: ranges.every((range) => range.allZero),
    notFinite: 0,
  };
}

/** Classes the shared scale all but blanks. */
function faint(maps: readonly ClassMap[]): string {
  const high = ({ values }: Raster) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const most = Math.max(...maps.map(({ map }) => high(map)));
  const names = maps.filter(({ map }) => high(map) < 0.05 * most).map(({ target }) => target.name);
  return names.length > 0 && most > 0
    ? ` ${names.join(', ')}: nothing above 5 % of the largest value, so nearly nothing shows.`
    : '';
}

function paneOf({ padding, zones, signals }: Explanation, one: ClassMap, range: ColourRange): PaneMap {
  const { map, target } = one;
  const size = map.rows > 1 ? `${map.rows} features by ${map.columns} steps` : `${map.columns} steps`;
  return {
    raster: map,
    range,
    mask: padding.mask,
    zones,
    pooling: { rows: 1, columns: 1 },
    features: signals.features,
    label: `${target.name}, ${size}`,
  };
}
