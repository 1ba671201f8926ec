import { alignments, FEW, type Overview, scales } from '../../src/overview/overview.ts';
import { alignmentWords, groupName, whatIsExplained } from '../../src/overview/words.ts';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { block } from '../audit/block.ts';
import { element, icon, replace, say } from '../element.ts';
import { counted } from '../format.ts';
import type { Page, PageView } from '../pageView.ts';
import { ChipSelect } from '../sections/chip.ts';
import { needsClasses } from '../sections/needsClasses.ts';
import { runs, showWork, workStatus } from '../sections/workStatus.ts';
import type { Theme } from '../theme.ts';
import { columnTable } from './columnTable.ts';
import { groupTable } from './groupTable.ts';
import { MeanStage } from './meanStage.ts';
import { outlierList } from './outlierList.ts';
import { RankingBars } from './rankingBars.ts';
import { MeanReadings, thinWords } from './readings.ts';
import { groupOf, type Shown } from './shown.ts';

type DatasetView = PanelViews['dataset'];

const alignmentNames = { start: 'start', end: 'end', relative: 'relative time' };
const scaleNames = { normalised: 'every instance counts the same', raw: 'raw values' };

/** The Dataset view: the maps of the whole file, class by class, and how it stands with them. */
export class DatasetPage implements PageView<DatasetView> {
  readonly #status = element('div', { class: 'audit-status', id: 'dataset-status' });
  readonly #what = element('p', { class: 'dim', id: 'dataset-what' });
  readonly #warnings = element('ul', { class: 'findings plain', id: 'dataset-warnings' });
  readonly #group: ChipSelect;
  readonly #alignment: ChipSelect;
  readonly #scale: ChipSelect;
  readonly #stage: MeanStage;
  readonly #readings = new MeanReadings();
  readonly #meanWords = element('p', { class: 'dim', id: 'dataset-mean-words' });
  readonly #below = element('div');
  readonly #numbers = element('div');
  readonly #body: HTMLElement;
  readonly root: HTMLElement;
  #view: DatasetView | undefined;
  #overview: Overview | null = null;
  #shown: Shown;
  #bars: RankingBars | null = null;
  #width = 0;

  constructor(private readonly page: Page) {
    this.#shown = page.kept.place.dataset;
    this.#group = new ChipSelect('dataset-group', 'instances', (value) => {
      const { by, name } = this.#overview!.groups[Number(value)]!;
      this.#choose({ by, name });
    });
    this.#alignment = new ChipSelect('dataset-alignment', 'aligned by', (value) =>
      this.#choose({ alignment: value as Shown['alignment'] }),
    );
    this.#scale = new ChipSelect('dataset-scale', 'scale', (value) =>
      this.#choose({ scale: value as Shown['scale'] }),
    );
    this.#stage = new MeanStage(page.theme(), (cell, walked) =>
      this.#readings.show(this.#overview, this.#shown, cell, walked),
    );
    const mean = block('dataset-map', 'Mean map', '', this.#stage.root, this.#readings.root, this.#numbers);
    mean.querySelector('p')!.replaceWith(this.#meanWords);
    this.#body = element(
      'div',
      { class: 'audit-body', id: 'dataset-body', hidden: true },
      this.#what,
      this.#warnings,
      element(
        'div',
        { class: 'chips', role: 'group', 'aria-label': 'What is shown' },
        this.#group.root,
        this.#alignment.root,
        this.#scale.root,
      ),
      mean,
      this.#below,
    );
    this.root = element('div', { class: 'audit dataset' }, this.#status, this.#body);
  }

  show(view: DatasetView): void {
    this.#view = view;
    this.root.dataset.state = view.activity.kind;
    showWork(this.#status, this.#statusLine(view));
    this.#body.classList.toggle('outdated', view.outdated);
    if (view.result === this.#overview) return;
    this.#overview = view.result;
    this.#body.hidden = view.result === null;
    if (view.result) this.#fill(view.result);
  }

  explained(): void {
    if (this.#view) showWork(this.#status, this.#statusLine(this.#view));
  }

  #fill(overview: Overview): void {
    const { by, name } = groupOf(overview, this.#shown);
    this.#shown = { ...this.#shown, by, name };
    const { instances, warnings } = overview;
    const known = instances.filter(({ correct }) => correct !== null);
    const right = known.filter(({ correct }) => correct === true).length;
    say(
      this.#what,
      `${counted(instances.length, 'instance')}: ${whatIsExplained(overview)}.${known.length ? ` ${right} of ${known.length} answers are right.` : ''}`,
    );
    replace(
      this.#warnings,
      ...warnings.map(({ sentence, n }) =>
        element(
          'li',
          { class: 'finding warning' },
          icon('warning'),
          element('span', {}, `${sentence}${n > 1 ? ` (${n} instances like this)` : ''}`),
        ),
      ),
    );
    this.#refill();
  }

  /** Charts need a size, so they are drawn when the view is in front. */
  draw(theme: Theme): void {
    if (!this.#overview || this.root.hidden) return;
    this.#width = this.root.clientWidth;
    this.#stage.draw(theme);
    this.#bars?.draw(theme);
  }

  resized(): void {
    if (this.root.clientWidth !== this.#width) this.draw(this.page.theme());
  }

  #choose(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...change };
    this.page.kept.datasetShows(this.#shown);
    this.#refill();
  }

  #refill(): void {
    const overview = this.#overview!;
    const shown = this.#shown;
    const group = groupOf(overview, shown);
    const named = (names: Readonly<Record<string, string>>) => (value: string) => ({
      value,
      text: names[value]!,
    });
    this.#group.fill(
      overview.groups.map((each, i) => ({
        value: `${i}`,
        text: `${groupName(each)} · ${each.members.length}`,
      })),
      `${overview.groups.indexOf(group)}`,
    );
    this.#alignment.fill(alignments.map(named(alignmentNames)), shown.alignment);
    this.#scale.fill(scales.map(named(scaleNames)), shown.scale);
    const { n } = group.maps[shown.alignment][shown.scale];
    const thin = n.filter((count) => count < FEW).length;
    const unit =
      shown.scale === 'normalised'
        ? '1 is an instance’s mean |map| over its real steps'
        : 'in the units of the map';
    const zero =
      group.zeroMaps && shown.scale === 'normalised'
        ? ` ${counted(group.zeroMaps, 'map')} of zeros left out.`
        : '';
    say(this.#meanWords, `${capital(alignmentWords[shown.alignment])}; ${unit}.${zero} ${thinWords(thin)}`);
    this.#stage.show(overview, shown);
    this.#readings.show(null, null, null, false);
    replace(this.#numbers, columnTable(overview, shown));
    this.#bars?.destroy();
    this.#bars = new RankingBars(overview, shown);
    replace(
      this.#below,
      this.#bars.root,
      outlierList(
        overview,
        (index) => this.page.openInstance(index),
        () => this.page.list('outlier'),
      ),
      groupTable(
        overview,
        shown.scale,
        ({ by, name }) => {
          this.#choose({ by, name });
          this.#group.root.querySelector('select')!.focus();
        },
        (these) => this.page.list('these', these),
      ),
      element('p', { class: 'dim origin' }, `Seed ${overview.seed}, ${overview.provenance.runtime}`),
    );
    this.draw(this.page.theme());
  }

  #statusLine({ result, outdated, activity, instances }: DatasetView): (HTMLElement | false)[] {
    const made = result !== null;
    const words = outdated
      ? 'This is out of date: picks, model, mask or data have changed since.'
      : made
        ? 'The maps of the whole file, added up.'
        : 'Explains every instance of the file as the one you are looking at, and adds the maps up: mean map per class, which features count, which instances stand out. Nothing has been added up yet.';
    const all = instances > 1 ? `Explain All ${instances} Instances` : 'Explain This File';
    return workStatus(this.page.host, activity, {
      name: 'dataset',
      cancel: 'cancelDataset',
      words,
      none: needsClasses(this.page, 'The dataset view'),
      actions: [
        instances > 0 &&
          runs(
            this.page.host,
            made ? 'Explain Again' : all,
            'explainWholeFile',
            'explain-all',
            !made || outdated,
          ),
        made && runs(this.page.host, 'Export…', 'exportDataset', 'export-dataset'),
      ],
    });
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
