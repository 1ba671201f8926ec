import type { Overview } from '../../src/overview/overview.ts';
import type { Audit } from '../../src/padding/audit.ts';
import { colourTable } from '../../src/raster/colourTable.ts';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { element, say } from '../element.ts';
import { counted } from '../format.ts';
import type { Page, PageView, These } from '../pageView.ts';
import type { PageScene } from '../scene.ts';
import { ChipSelect } from '../sections/chip.ts';
import { needsClasses } from '../sections/needsClasses.ts';
import { runs, showWork, workStatus } from '../sections/workStatus.ts';
import type { Theme } from '../theme.ts';
import { ConfusionMatrix } from './confusionMatrix.ts';
import {
  chosen,
  countOf,
  type Entry,
  entriesOf,
  type Filter,
  type Kind,
  noFilter,
  type Order,
} from './entries.ts';
import { columns, InstanceGrid } from './instanceGrid.ts';
import { thumbnail } from './thumbnail.ts';

const kinds: Readonly<Record<Kind, string>> = {
  all: 'all',
  wrong: 'wrong',
  right: 'right',
  flips: 'flipping with the padding',
  outlier: 'standing out',
  these: 'chosen elsewhere',
};

const asInFile: Order = { column: 'file', descending: false };

/** Every order there is: in a narrow panel not every column has a head to click. */
const orders = [
  { value: JSON.stringify(asInFile), text: 'as in the file', short: 'file' },
  ...columns.flatMap(([column, name]) =>
    [false, true].map((descending) => ({
      value: JSON.stringify({ column, descending } satisfies Order),
      text: `${name} ${descending ? '↓' : '↑'}`,
    })),
  ),
];

/** The Instances view: the file as a list to sort, filter and walk, from the maps of the whole file. */
export class InstancesPage implements PageView {
  readonly #status = element('div', { class: 'audit-status', id: 'instances-status' });
  readonly #words = element('p', { class: 'dim', id: 'instances-found', role: 'status' });
  readonly #find = element('input', {
    ...{ type: 'search', id: 'find-instance', class: 'find', placeholder: 'part of a name' },
    'aria-label': 'Find by name',
  });
  readonly #kind = new ChipSelect('instances-kind', 'show', (kind) => this.#change({ kind: kind as Kind }));
  readonly #sort = new ChipSelect('instances-order', 'order', (order) => {
    this.#order = JSON.parse(order) as Order;
    this.#list();
  });
  readonly #matrix = new ConfusionMatrix((cell) => this.#change({ cell }));
  readonly #grid: InstanceGrid;
  readonly #body: HTMLElement;
  readonly root: HTMLElement;
  #view: PanelViews['dataset'] | undefined;
  #overview: Overview | null = null;
  #audit: Audit | null = null;
  #entries: readonly Entry[] = [];
  #filter: Filter = noFilter;
  #order = asInFile;
  #ground: Theme['ground'];

  constructor(private readonly page: Page) {
    this.#ground = page.theme().ground;
    this.#grid = new InstanceGrid({
      sort: (order) => {
        this.#order = order;
        this.#list();
      },
      go: ({ instance }) =>
        page.host.send({ kind: 'choose', choice: { what: 'instance', index: instance.index } }),
      open: ({ instance }) => page.openInstance(instance.index),
      picture: ({ at }) => thumbnail(this.#overview!.thumbnails, at, colourTable(false, this.#ground)),
    });
    this.#find.addEventListener('input', () => this.#change({ text: this.#find.value }));
    this.#body = element(
      'div',
      { class: 'instances-body', hidden: true },
      element('div', { class: 'chips' }, this.#kind.root, this.#sort.root, this.#find),
      this.#matrix.root,
      this.#words,
      this.#grid.root,
    );
    this.root = element('div', { class: 'audit instances-view' }, this.#status, this.#body);
    page.hear('dataset', (view) => this.#dataset(view));
    page.hear('audit', ({ result }) => {
      this.#audit = result;
      this.#fill();
    });
  }

  explained({ view }: PageScene): void {
    this.#grid.mark(view.explanation.instance.index);
    if (this.#view) this.#head(this.#view);
  }

  draw({ ground }: Theme): void {
    const isOther = ground !== this.#ground;
    this.#ground = ground;
    if (isOther) this.#list();
  }

  /** Where there is no list yet it is made: who follows a view here wants to see one. */
  wish(kind: Kind, these: These | null = null): void {
    this.#find.value = '';
    this.#filter = { ...noFilter, kind, these };
    if (this.#overview) this.#list();
    else this.page.host.send({ kind: 'run', command: 'listInstances' });
  }

  #head(view: PanelViews['dataset']): void {
    const { host } = this.page;
    showWork(
      this.#status,
      workStatus(host, view.activity, {
        ...{ name: 'instances', cancel: 'cancelDataset' },
        words: statusWords(view),
        none: needsClasses(this.page, 'The list of instances'),
        actions: [
          (!view.result || view.outdated) &&
            runs(host, 'List the Instances', 'listInstances', 'list-instances', true),
        ],
      }),
    );
  }

  #dataset(view: PanelViews['dataset']): void {
    this.#view = view;
    this.#head(view);
    this.#body.classList.toggle('outdated', view.outdated);
    this.#body.hidden = view.result === null;
    if (view.result === this.#overview) return;
    // What was wished for before there was a list holds for the first one.
    if (this.#overview) this.#filter = noFilter;
    this.#overview = view.result;
    this.#fill();
  }

  #fill(): void {
    if (!this.#overview) return;
    this.#entries = entriesOf(this.#overview, this.#audit);
    this.#matrix.show(this.#entries, this.#overview.classes);
    this.#list();
  }

  #change(change: Partial<Filter>): void {
    this.#filter = { ...this.#filter, ...change };
    this.#list();
  }

  #list(): void {
    const entries = this.#entries;
    const { these } = this.#filter;
    const offered = (Object.keys(kinds) as Kind[]).filter((kind) => kind !== 'these' || these);
    const options = offered.map((kind) => {
      const name = (kind === 'these' && these?.name) || kinds[kind];
      return { value: kind, text: `${name} · ${countOf(entries, kind, these)}`, short: name };
    });
    this.#kind.fill(options, this.#filter.kind);
    this.#sort.fill(orders, JSON.stringify(this.#order));
    this.#matrix.mark(this.#filter.cell);
    const found = chosen(entries, this.#filter, this.#order);
    say(
      this.#words,
      `${found.length} of ${counted(entries.length, 'instance')}. Click or walk with the arrow keys: map and file follow; Enter opens the map.`,
    );
    this.#grid.show(found, this.#order);
  }
}

function statusWords({ result, outdated, instances }: PanelViews['dataset']): string {
  if (!result) {
    return `Every instance of the file with its answer and map in small: ${counted(instances, 'instance')}, each explained once.`;
  }
  return outdated ? 'This list is out of date: model, mask, data or picks have changed since.' : '';
}
