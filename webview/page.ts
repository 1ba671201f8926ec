import type { PanelLook, PanelView, ToPanel } from '../src/views/panel/contract.ts';
import { AuditPage } from './audit/auditPage.ts';
import { type Tab, Tabs } from './audit/tabs.ts';
import { VerdictLine } from './audit/verdictLine.ts';
import { ClassesPage } from './classes/classesPage.ts';
import { ComparePage } from './compare/comparePage.ts';
import { DatasetPage } from './dataset/datasetPage.ts';
import { element, label, replace } from './element.ts';
import { EvaluationPage } from './evaluation/evaluationPage.ts';
import { connect, type Host } from './host.ts';
import { Kept } from './kept.ts';
import { Look } from './look.ts';
import { type Cell, featureName } from './map/cell.ts';
import { RunsPage } from './runs/runsPage.ts';
import { chosenSignals, makeScene, mostLines, type Scene } from './scene.ts';
import { Caption, MapTitle, MethodNote, Origin } from './sections/caption.ts';
import { Findings } from './sections/findings.ts';
import { Header } from './sections/header.ts';
import { BusyNotice, emptyPage, RefusalNotice } from './sections/notices.ts';
import { Readout } from './sections/readout.ts';
import { Selectors } from './sections/selectors.ts';
import { Shares } from './sections/shares.ts';
import { SignalPicker } from './sections/signalPicker.ts';
import { Toggles } from './sections/toggles.ts';
import { Stage } from './stage/stage.ts';
import { factsOf } from './table/rows.ts';
import { TableView } from './table/tableView.ts';
import { onThemeChange, readTheme, type Theme } from './theme.ts';

type PageState = 'drawn' | 'busy' | 'refused' | 'empty';

/** The whole page: takes the host's messages, hands them to its sections, sends back what the person does. */
export class Panel {
  readonly #line = connect((message) => this.#receive(message));
  readonly #look = new Look((look) => this.#line.send({ kind: 'remember', look }));
  /** Messages go out after the look they rest on. */
  readonly #host: Host = {
    send: (message) => {
      this.#look.flush();
      this.#line.send(message);
    },
    keep: (state) => this.#line.keep(state),
    kept: () => this.#line.kept(),
  };
  readonly #kept = new Kept(this.#line);
  readonly #busy = new BusyNotice(this.#host);
  readonly #refusal = new RefusalNotice(this.#host);
  readonly #toggles = new Toggles(this.#host, (change) => this.#changeLook(change));
  readonly #title = new MapTitle();
  readonly #sections = [
    new Header(this.#host),
    new Selectors(this.#host),
    this.#toggles,
    new Shares(),
    new Findings('warning'),
    new Findings('info'),
    this.#title,
    new Origin(),
    new MethodNote(),
  ];
  readonly #caption = new Caption();
  readonly #picker = new SignalPicker((signals) => this.#changeLook({ signals }));
  readonly #table = new TableView((cell) => this.#reveal(cell));
  readonly #readout = new Readout();
  readonly #stagePlace = element('div', { class: 'stage-place' });
  readonly #picture: HTMLElement;
  readonly #page: HTMLElement;
  readonly #empty = emptyPage(this.#host);
  readonly #audit = new AuditPage(this.#host, (index) => this.#open(index));
  readonly #classes: ClassesPage;
  readonly #evaluation: EvaluationPage;
  readonly #dataset: DatasetPage;
  readonly #compare: ComparePage;
  readonly #runs = new RunsPage(
    this.#host,
    () => this.#toFront('map'),
    () => this.#toFront('compare'),
  );
  readonly #tabs = new Tabs((tab) => {
    this.#toFront(tab);
    if (tab === 'classes') this.#classes.opened(this.#scene?.view);
  });
  readonly #verdicts = new VerdictLine(() => this.#toFront('audit'));
  readonly #mapView: HTMLElement;
  #front: Tab = 'map';
  #state: PageState = 'empty';
  #stage: Stage | null = null;
  #scene: Scene | null = null;
  #theme: Theme = readTheme();
  #marked: number | null = null;

  constructor(root: HTMLElement) {
    const [header, selectors, toggles, shares, warnings, notes, title, origin, method] = this.#sections.map(
      (section) => section.root,
    );
    this.#classes = new ClassesPage(this.#host, this.#theme, (index) => {
      this.#host.send({ kind: 'choose', choice: { what: 'class', index } });
      this.#toFront('map');
    });
    this.#compare = new ComparePage(this.#host, this.#theme);
    this.#evaluation = new EvaluationPage(this.#host, this.#theme);
    this.#dataset = new DatasetPage(
      this.#host,
      this.#theme,
      (index) => this.#open(index),
      this.#kept.place.dataset,
      (shown) => this.#kept.datasetShows(shown),
    );
    this.#picture = element(
      'div',
      { class: 'picture' },
      warnings,
      title,
      this.#stagePlace,
      this.#caption.root,
      method,
      this.#picker.root,
      this.#table.root,
      // The map comes first: in a narrow split everything above it pushes it out of sight.
      shares,
      notes,
      origin,
    );
    this.#mapView = element(
      'div',
      { class: 'map-view', id: 'view-map', role: 'tabpanel', 'aria-labelledby': 'tab-map' },
      toggles,
      this.#verdicts.root,
      this.#picture,
      this.#readout.root,
    );
    this.#page = element(
      'div',
      { class: 'page', hidden: true },
      header,
      element('div', { class: 'controls' }, selectors),
      this.#tabs.root,
      this.#refusal.root,
      this.#mapView,
      this.#classes.root,
      this.#audit.root,
      this.#evaluation.root,
      this.#dataset.root,
      this.#compare.root,
      this.#runs.root,
    );
    this.#toFront(this.#kept.place.tab);
    root.append(this.#busy.root, this.#page, this.#empty);
  }

  start(): void {
    onThemeChange(() => {
      this.#theme = readTheme();
      this.#drawScene();
      if (this.#front === 'audit') this.#audit.draw(this.#theme);
      this.#classes.draw(this.#theme);
      this.#compare.draw(this.#theme);
      this.#dataset.draw(this.#theme);
      this.#evaluation.draw(this.#theme);
    });
    new ResizeObserver(() => this.#dataset.resized()).observe(this.#dataset.root);
    new ResizeObserver(() => this.#classes.resized()).observe(this.#classes.root);
    new ResizeObserver(() => this.#compare.resized()).observe(this.#compare.root);
    new ResizeObserver(() => this.#stage?.resized()).observe(this.#stagePlace);
    window.addEventListener('resize', () => this.#stage?.draw());
    window.addEventListener('pagehide', () => this.#look.flush());
    this.#setState('empty');
    this.#host.send({ kind: 'ready' });
    const { a, b } = this.#kept.place;
    if (a || b) this.#host.send({ kind: 'runs', act: { do: 'restore', a, b } });
  }

  #receive(message: ToPanel): void {
    switch (message.kind) {
      case 'show':
        if (message.keep !== undefined) this.#kept.hostSays(message.keep);
        this.#show(message.view);
        break;
      case 'busy':
        this.#busy.show(message);
        this.#setState('busy');
        break;
      case 'refused':
        this.#busy.show(null);
        if (message.forgetPicture) this.#scene = null;
        this.#refusal.show(message);
        if (message.forgetPicture) this.#scene = null;
        this.#setState('refused');
        break;
      case 'audit':
        this.#audit.show(message.view, this.#theme);
        this.#verdicts.show(message.view);
        if (message.front) this.#toFront('audit');
        break;
      case 'overview':
        this.#dataset.fill(message.overview);
        break;
      case 'dataset':
        this.#dataset.show(message.view);
        if (message.front) this.#toFront('dataset');
        break;
      case 'evaluation':
        this.#evaluation.show(message.view);
        if (message.front) this.#toFront('evaluation');
        break;
      case 'runs':
        this.#runs.show(message.view);
        this.#kept.compared(message.view);
        if (message.front) this.#toFront('runs');
        break;
      case 'compare':
        this.#compare.show(message.pair);
        this.#compare.draw(this.#theme);
        if (message.front) this.#toFront('compare');
        break;
      case 'classes':
        this.#classes.show(message.explanation, this.#scene?.view.methods);
        this.#classes.draw(this.#theme);
        if (message.front) this.#toFront('classes');
        break;
      case 'mark':
        this.#marked = message.step;
        this.#stage?.mark(message.step);
    }
  }

  #toFront(tab: Tab): void {
    this.#front = tab;
    this.#tabs.show(tab);
    this.#mapView.hidden = tab !== 'map';
    this.#classes.root.hidden = tab !== 'classes';
    this.#audit.root.hidden = tab !== 'audit';
    this.#evaluation.root.hidden = tab !== 'evaluation';
    this.#dataset.root.hidden = tab !== 'dataset';
    this.#compare.root.hidden = tab !== 'compare';
    this.#runs.root.hidden = tab !== 'runs';
    this.#kept.stand(tab);
    if (!this.#scene) this.#setState(this.#state);
    document.body.dataset.tab = tab;
    if (tab === 'audit') this.#audit.draw(this.#theme);
    else if (tab === 'evaluation') this.#evaluation.draw(this.#theme);
    else if (tab === 'dataset') this.#dataset.draw(this.#theme);
    else if (tab === 'compare') this.#compare.draw(this.#theme);
    else if (tab === 'classes') this.#classes.draw(this.#theme);
    else this.#stage?.resized();
  }

  #show(view: PanelView): void {
    this.#busy.show(null);
    this.#refusal.show(null);
    this.#look.adopt(view.look);
    const scene = makeScene(view);
    this.#scene = scene;
    for (const section of this.#sections) section.show(view);
    document.body.dataset.file = view.dataName;
    this.#readout.show(null, false);
    if (this.#front === 'classes') this.#classes.opened(view);
    this.#setState('drawn');
    this.#drawScene();
  }

  #setState(state: PageState): void {
    const shown = this.#scene !== null;
    // Earlier runs can be looked at before anything is explained.
    const alone = !shown && (this.#front === 'runs' || this.#front === 'compare');
    this.#state = state;
    this.#page.classList.toggle('runs-alone', alone);
    this.#busy.root.classList.toggle('alone', !shown);
    this.#page.hidden = !shown && state !== 'refused' && !alone;
    this.#page.classList.toggle('bare', !shown);
    this.#empty.hidden = shown || alone || state !== 'empty';
    label(this.#picture, 'aria-busy', String(state === 'busy'));
    document.body.dataset.state = state;
  }

  #changeLook(change: Partial<PanelLook>): void {
    this.#look.change(change);
    this.#drawScene();
  }

  /** Draws the snapshot under the present look. */
  #drawScene(): void {
    const scene = this.#scene;
    if (!scene) return;
    const look = this.#look.current;
    this.#toggles.showLook(look);
    this.#picture.classList.toggle('as-table', look.table);
    if (look.table) this.#table.show(scene);
    else this.#drawPicture(scene, look);
  }

  #drawPicture(scene: Scene, look: PanelLook): void {
    this.#picker.show(scene, look, this.#theme);
    this.#stage ??= this.#makeStage(scene, look);
    this.#stage.show(scene, look, this.#theme);
    this.#stage.mark(this.#marked);
  }

  #makeStage(scene: Scene, look: PanelLook): Stage {
    const stage = new Stage(scene, look, this.#theme, {
      at: (cell, walked) => this.#readout.show(cell && this.#scene && factsOf(this.#scene, cell), walked),
      reveal: (cell) => this.#reveal(cell),
      zoomed: (zoom) => this.#look.change({ zoom }, true),
      toggleSignal: (feature) => this.#toggleSignal(feature),
      drawn: (_, pooling) => this.#scene && this.#caption.show(this.#scene, this.#look.current, pooling),
    });
    replace(this.#stagePlace, stage.root);
    return stage;
  }

  #toggleSignal(feature: number): void {
    if (!this.#scene) return;
    const chosen = chosenSignals(this.#scene, this.#look.current.signals);
    const others = chosen.filter((other) => other !== feature);
    const next = others.length < chosen.length ? others : [feature, ...chosen].slice(0, mostLines);
    if (!next.length) return;
    const { explanation } = this.#scene.view;
    this.#changeLook({ signals: next.map((each) => featureName(explanation, each)) });
  }

  /** Goes to an instance's map. */
  #open(index: number): void {
    this.#host.send({ kind: 'choose', choice: { what: 'instance', index } });
    this.#toFront('map');
  }

  #reveal({ step, feature }: Cell): void {
    this.#host.send({ kind: 'reveal', step, feature });
  }
}
