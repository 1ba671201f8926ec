import type { FileMark, PanelLook, ReadingTopic, WhatIfView } from '../../src/views/panel/contract.ts';
import { VerdictLine } from '../audit/verdictLine.ts';
import { element, replace } from '../element.ts';
import type { Page, PageView } from '../pageView.ts';
import { ReadingLine } from '../reading/readingLine.ts';
import { chosenSignals, makeScene, mostLines, type PageScene } from '../scene.ts';
import { Caption, MapTitle, MethodNote, Origin } from '../sections/caption.ts';
import { Findings } from '../sections/findings.ts';
import { Readout } from '../sections/readout.ts';
import { SharesSection } from '../sections/shares.ts';
import { SignalPicker } from '../sections/signalPicker.ts';
import { Toggles } from '../sections/toggles.ts';
import { Stage } from '../stage/stage.ts';
import { factsOf } from '../table/rows.ts';
import { TableView } from '../table/tableView.ts';
import type { Theme } from '../theme.ts';
import { WhatIfBar } from '../whatIf/whatIfBar.ts';
import { type Cell, featureName } from './cell.ts';
import { ArrangedRows } from './rowOrder.ts';

/** The Map view: one explanation over its series, as a picture or as a table. */
export class MapPage implements PageView {
  readonly #toggles: Toggles;
  readonly #verdicts: VerdictLine;
  readonly #reading: ReadingLine;
  readonly #shares = new SharesSection();
  readonly #warnings = new Findings('warning', (topic) => this.#fix(topic));
  readonly #notes = new Findings('info', (topic) => this.#fix(topic));
  readonly #title = new MapTitle((name) =>
    this.page.host.send({ kind: 'choose', choice: { what: 'layer', name } }),
  );
  readonly #origin = new Origin();
  readonly #method = new MethodNote();
  readonly #caption = new Caption();
  readonly #picker = new SignalPicker((signals) => this.#changeLook({ signals }));
  readonly #table = new TableView((cell) => this.#reveal(cell));
  readonly #readout = new Readout();
  readonly #stagePlace = element('div', { class: 'stage-place' });
  readonly #picture = element(
    'div',
    { class: 'picture' },
    this.#warnings.root,
    this.#title.root,
    this.#stagePlace,
    this.#caption.root,
    this.#method.root,
    this.#picker.root,
    this.#table.root,
    // The map comes first: in a narrow split everything above it pushes it out of sight.
    this.#shares.root,
    this.#notes.root,
    this.#origin.root,
  );
  readonly root: HTMLElement;
  readonly #whatIf: WhatIfBar;
  readonly #rows = new ArrangedRows();
  #stage: Stage | null = null;
  /** Of the changed series. */
  #changed: PageScene | null = null;
  #theme: Theme;
  /** What the host last said of changes. */
  #told: WhatIfView = { edits: [], explanation: null, sentence: null };
  #marked: FileMark = { step: null, cells: null };

  constructor(private readonly page: Page) {
    this.#theme = page.theme();
    this.#whatIf = new WhatIfBar(
      (edits) => page.host.send({ kind: 'whatIf', edits }),
      () => page.host.send({ kind: 'whatIfRows' }),
      () => this.#stage?.focus(),
    );
    this.#toggles = new Toggles(page.host, (change) => this.#changeLook(change));
    this.#verdicts = new VerdictLine(() => page.bring('audit'));
    this.#reading = new ReadingLine(() => page.bring('reading'));
    this.#picture.insertBefore(this.#reading.root, this.#origin.root);
    this.root = element(
      'div',
      { class: 'map-view' },
      this.#toggles.root,
      this.#verdicts.root,
      this.#picture,
      element('div', { class: 'map-foot' }, this.#whatIf.root, this.#readout.root),
    );
    page.hear('reading', (view) => this.#reading.show(view));
    page.hear('audit', (view) => this.#verdicts.show(view));
    page.hear('whatIf', (view) => this.#answered(view));
    new ResizeObserver(() => this.#stage?.resized()).observe(this.#whatIf.root);
    window.addEventListener('resize', () => this.#stage?.draw());
  }

  explained(scene: PageScene): void {
    const sections = [this.#toggles, this.#warnings, this.#notes, this.#origin, this.#method];
    for (const section of sections) section.show(scene.view);
    this.#readout.show(null, false);
    this.#whatIf.explained(scene.view.explanation);
    this.#answered(this.#told);
  }

  draw(theme: Theme): void {
    if (theme === this.#theme) {
      this.resized();
      return;
    }
    this.#theme = theme;
    this.#drawScene();
  }

  resized(): void {
    this.#stage?.resized();
  }

  busy(on: boolean): void {
    this.#picture.setAttribute('aria-busy', String(on));
  }

  mark(mark: FileMark): void {
    this.#marked = mark;
    this.#stage?.mark(this.#rows.toRows(mark));
  }

  /** The picture of the changed series stands in the place of the other, until the changes are taken back. */
  #answered(view: WhatIfView): void {
    const scene = this.page.scene();
    this.#told = view;
    this.#whatIf.answered(view);
    const { explanation } = view;
    // The file's units are those of the series as it is.
    const signals = explanation && { ...explanation.signals, raw: undefined };
    this.#changed =
      scene &&
      explanation &&
      makeScene({ ...scene.view, explanation: { ...explanation, signals: signals! } });
    document.body.dataset.whatIf = this.#changed ? 'changed' : 'as it is';
    const shown = (this.#changed ?? scene)?.view;
    if (shown) {
      this.#title.show(shown, this.#changed !== null);
      this.#shares.show(shown);
    }
    this.#drawScene();
  }

  /** What is drawn: the picture that stands, or that of the changed series. */
  get #scene(): PageScene | null {
    const scene = this.#changed ?? this.page.scene();
    return scene && this.#rows.scene(scene, this.page.look.current);
  }

  /** What a change gives stands in the list of the editor, and on the map, before it is written. */
  #fix(topic: ReadingTopic): void {
    this.page.host.send({ kind: 'reading', act: { do: 'change', topic } });
  }

  #changeLook(change: Partial<PanelLook>): void {
    this.page.look.change(change);
    this.#drawScene();
  }

  /** Draws the snapshot under the present look. */
  #drawScene(): void {
    const scene = this.#scene;
    if (!scene) return;
    const look = this.page.look.current;
    this.#toggles.showLook(look);
    this.#picture.classList.toggle('as-table', look.table);
    if (look.table) this.#table.show(scene);
    else this.#drawPicture(scene, look);
  }

  #drawPicture(scene: PageScene, look: PanelLook): void {
    this.#picker.show(scene, look, this.#theme);
    this.#stage ??= this.#makeStage(scene, look);
    this.#stage.show(scene, look, this.#theme);
    this.#stage.mark(this.#rows.toRows(this.#marked));
  }

  #makeStage(first: PageScene, look: PanelLook): Stage {
    const { page } = this;
    const stage = new Stage(first, look, this.#theme, {
      at: (cell, walked) => {
        const scene = this.#scene;
        this.#readout.show(cell && scene && factsOf(scene, cell), walked);
      },
      reveal: (cell) => this.#reveal(cell),
      brushed: (rows) => {
        const cells = rows && this.#rows.toFeatures(rows);
        this.#whatIf.chosen(cells);
        if (cells) page.host.send({ kind: 'select', cells });
      },
      zoomed: (zoom) => page.look.change({ zoom }, true),
      pin: (row) => this.#pin(row),
      ask: () => this.#whatIf.focus(),
      below: () => this.#whatIf.root.offsetHeight,
      toggleSignal: (feature) => this.#toggleSignal(feature),
      drawn: (_, pooling) => {
        const scene = this.#scene;
        if (scene) this.#caption.show(scene, page.look.current, pooling);
      },
    });
    replace(this.#stagePlace, stage.root);
    return stage;
  }

  #toggleSignal(feature: number): void {
    const scene = this.#scene;
    if (!scene) return;
    const chosen = chosenSignals(scene, this.page.look.current.signals);
    const others = chosen.filter((other) => other !== feature);
    const next = others.length < chosen.length ? others : [feature, ...chosen].slice(0, mostLines);
    if (!next.length) return;
    const { explanation } = scene.view;
    this.#changeLook({ signals: next.map((each) => featureName(explanation, each)) });
  }

  #pin(row: number): void {
    const scene = this.#scene;
    if (!scene) return;
    const name = featureName(scene.view.explanation, row);
    const { pinned = [] } = this.page.look.current;
    const others = pinned.filter((other) => other !== name);
    this.#changeLook({ pinned: others.length < pinned.length ? others : [...pinned, name] });
  }

  #reveal({ step, feature }: Cell): void {
    this.page.host.send({ kind: 'reveal', step, feature: this.#rows.featureOf(feature) });
  }
}
