import type {
  PanelView,
  PanelViews,
  RepairWish,
  ToPanel,
  ViewId,
  ViewMessage,
} from '../src/views/panel/contract.ts';
import { element, label } from './element.ts';
import { connect, type Host } from './host.ts';
import { Kept } from './kept.ts';
import { Look } from './look.ts';
import type { ListKind, Page, PageView, These } from './pageView.ts';
import { makeScene, type PageScene } from './scene.ts';
import { Drawer } from './sections/drawer.ts';
import { Header } from './sections/header.ts';
import { BusyNotice, emptyPage, RefusalNotice } from './sections/notices.ts';
import { Selectors } from './sections/selectors.ts';
import type { TabId } from './tabId.ts';
import { Tabs } from './tabs.ts';
import { onThemeChange, readTheme, type Theme } from './theme.ts';
import { unpackedView } from './unpackedView.ts';
import { hasTab, isTold, PICTURE, TABS, VIEWS } from './views.ts';

type PageState = 'drawn' | 'busy' | 'refused' | 'empty';

/** The whole page: takes the host's messages, hands them to its views, sends back what the person does. */
export class WholePage implements Page {
  readonly #line = connect((message) => this.#receive(message));
  readonly look = new Look((look) => this.#line.send({ kind: 'remember', look }));
  /** Messages go out after the look they rest on. */
  readonly host: Host = {
    send: (message) => {
      this.look.flush();
      this.#line.send(message);
    },
    keep: (state) => this.#line.keep(state),
    kept: () => this.#line.kept(),
  };
  readonly kept = new Kept(this.#line, TABS);
  readonly #busy = new BusyNotice(this.host);
  readonly #refusal = new RefusalNotice(this.host);
  readonly #empty = emptyPage(this.host);
  readonly #header = new Header(this.host);
  readonly #selectors = new Selectors(this.host);
  readonly #tabs = new Tabs(
    TABS.map((id) => [id, VIEWS[id].label] as const),
    (id) => {
      this.bring(id);
      this.#views.get(id)!.opened?.();
    },
  );
  readonly #drawer = new Drawer(this.kept.place.settings, (open) => this.kept.settingsAre(open));
  readonly #listeners = new Map<ViewId, ((view: never) => void)[]>();
  /** What the host has told of each view, whole. */
  readonly #told = new Map<ViewId, object>();
  #front: TabId = PICTURE;
  #state: PageState = 'empty';
  #scene: PageScene | null = null;
  #theme: Theme = readTheme();
  readonly #views = new Map<TabId, PageView>(TABS.map((id) => [id, this.#make(id)]));
  readonly #page: HTMLElement;

  constructor(root: HTMLElement) {
    this.#page = element(
      'div',
      { class: 'page', hidden: true },
      this.#header.root,
      element('div', { class: 'bar' }, this.#tabs.root, this.#drawer.root),
      element('div', { class: 'controls', id: 'controls' }, this.#selectors.root),
      this.#refusal.root,
      ...[...this.#views.values()].map((view) => view.root),
    );
    this.bring(this.kept.place.tab);
    root.append(this.#busy.root, this.#page, this.#empty);
  }

  start(): void {
    onThemeChange(() => {
      this.#theme = readTheme();
      this.#views.get(this.#front)!.draw?.(this.#theme);
    });
    window.addEventListener('pagehide', () => this.look.flush());
    this.#setState('empty');
    this.host.send({ kind: 'ready' });
    for (const view of this.#views.values()) view.started?.();
  }

  theme(): Theme {
    return this.#theme;
  }

  scene(): PageScene | null {
    return this.#scene;
  }

  hear<Id extends ViewId>(id: Id, listener: (view: PanelViews[Id]) => void): void {
    this.#listeners.set(id, [...(this.#listeners.get(id) ?? []), listener]);
  }

  openInstance(index: number): void {
    this.host.send({ kind: 'choose', choice: { what: 'instance', index } });
    this.bring(PICTURE);
  }

  list(kind: ListKind, these?: These): void {
    const [id, view] = [...this.#views].find(([, one]) => one.wish) ?? [];
    view?.wish?.(kind, these);
    if (id) this.bring(id);
  }

  repair(wish: RepairWish): void {
    for (const view of this.#views.values()) view.repairs?.(wish);
  }

  bring(id: TabId): void {
    this.#front = id;
    this.#tabs.show(id);
    for (const [each, { root }] of this.#views) root.hidden = each !== id;
    this.kept.stand(id);
    if (!this.#scene) this.#setState(this.#state);
    document.body.dataset.tab = id;
    this.#views.get(id)!.draw?.(this.#theme);
  }

  #make(id: TabId): PageView {
    const view: PageView = VIEWS[id].make(this);
    const { root } = view;
    root.id = `view-${id}`;
    root.hidden = true;
    label(root, 'role', 'tabpanel');
    label(root, 'aria-labelledby', `tab-${id}`);
    if (isTold(id)) this.hear(id, (told) => view.show?.(told as never));
    new ResizeObserver(() => view.resized?.()).observe(root);
    return view;
  }

  #receive(message: ToPanel): void {
    switch (message.kind) {
      case 'show':
        if (message.keep !== undefined) this.kept.hostSays(message.keep);
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
        this.#setState('refused');
        break;
      case 'view':
        this.#tell(message);
        break;
      case 'mark':
        for (const view of this.#views.values()) view.mark?.(message);
    }
  }

  #tell({ id, view, front }: ViewMessage): void {
    const whole = { ...this.#told.get(id), ...unpackedView(view) };
    this.#told.set(id, whole);
    for (const listener of this.#listeners.get(id) ?? []) listener(whole as never);
    if (front && hasTab(id)) this.bring(id);
  }

  #show(view: PanelView): void {
    this.#busy.show(null);
    this.#refusal.show(null);
    this.look.adopt(view.look);
    const scene = makeScene(view);
    this.#scene = scene;
    this.#tabs.rename(view.explanation.prediction.values ? (id) => VIEWS[id].ofNumbers : () => undefined);
    this.#header.show(view);
    this.#selectors.show(view);
    document.body.dataset.file = view.dataName;
    this.#setState('drawn');
    for (const each of this.#views.values()) each.explained?.(scene);
  }

  #setState(state: PageState): void {
    const shown = this.#scene !== null;
    const alone = !shown && VIEWS[this.#front].alone === true;
    this.#state = state;
    this.#page.classList.toggle('runs-alone', alone);
    this.#busy.root.classList.toggle('alone', !shown);
    this.#page.hidden = !shown && state !== 'refused' && !alone;
    this.#page.classList.toggle('bare', !shown);
    this.#empty.hidden = shown || alone || state !== 'empty';
    for (const view of this.#views.values()) view.busy?.(state === 'busy');
    document.body.dataset.state = state;
  }
}
