import * as vscode from 'vscode';
import type { Explanation } from '../../attribution/explanation.ts';
import type { FileWorks } from '../../session/fileWorks.ts';
import type { FileReading } from '../../session/reading/fileReading.ts';
import type { Runs } from '../../session/runs/runs.ts';
import type { Session } from '../../session/session.ts';
import type { SessionState } from '../../session/state.ts';
import type { Log } from '../../session/surfaces/log.ts';
import type { Training } from '../../session/training.ts';
import { titleText } from '../../surfaces/editorText.ts';
import { columnAside, columnForPanel } from '../columns.ts';
import { changedParts } from './changedParts.ts';
import type { FileMark, FromPanel, PanelLook, ToPanel, ViewId, ViewMessage } from './contract.ts';
import { EveryClass } from './everyClass.ts';
import { Grid } from './grid.ts';
import { pageFolder, pageHtml } from './html.ts';
import type { LookMemory } from './lookMemory.ts';
import { messages } from './messages.ts';
import { obey } from './obey.ts';
import { Outbox } from './outbox.ts';
import { readMessage } from './readMessage.ts';
import { type ViewSource, viewSources } from './viewSources.ts';
import { WhatIf } from './whatIf.ts';

/** By which VS Code knows the panel across reloads. */
export const PANEL_TYPE = 'attribution.panel';

/** One panel. The page may go at any time (hidden tab) and asks for everything again when it is back. */
export class Panel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  /** The state the page draws; undefined until the page has said that it is there. */
  #told: SessionState | undefined;
  #ready = false;
  readonly #outbox = new Outbox((message) => void this.#panel?.webview.postMessage(message));
  /** It is opened as soon as the file beside it stands there. */
  isComing = false;
  #mark: FileMark = { step: null, cells: null };
  /** The page was not there yet when a view was to come to the front. */
  #front: ViewId | null = null;
  readonly #classes: EveryClass;
  readonly whatIf: WhatIf;
  readonly grid: Grid;
  readonly #sources: readonly ViewSource[];
  /** What the page has been sent of each view. */
  readonly #sent = new Map<ViewId, object>();
  readonly #subscription: vscode.Disposable;
  readonly #activated = new vscode.EventEmitter<void>();
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #keeping = new vscode.EventEmitter<void>();
  #kept = false;
  #heard = 0;

  /** A person has turned to it. */
  readonly onDidActivate = this.#activated.event;
  /** It has gone, and its file is closed. */
  readonly onDidClose = this.#closed.event;

  /** It is kept, or not any more. */
  readonly onDidKeep = this.#keeping.event;

  constructor(
    private readonly extension: vscode.Uri,
    readonly session: Session,
    works: FileWorks,
    training: Training,
    readonly runs: Runs,
    readonly reading: FileReading,
    private readonly looks: LookMemory,
    private readonly log: Log,
  ) {
    // Before the session's own picture: the classes of the one before it are no part of it.
    this.#classes = new EveryClass(session);
    this.whatIf = new WhatIf(session);
    this.grid = new Grid(session);
    this.#sources = viewSources(works, training, runs, reading, {
      classes: this.#classes,
      whatIf: this.whatIf,
      grid: this.grid,
    });
    this.#subscription = vscode.Disposable.from(
      this.#classes,
      this.whatIf,
      this.grid,
      this.#activated,
      this.#closed,
      this.#keeping,
      ...this.#sources.map((source) => source.onDidChange(() => this.#tellView(source))),
      session.onDidChange(() => this.#tell()),
      reading.onDidAsk(() => this.#panel && this.bring('reading')),
    );
  }

  /** Whether its page can be read, or is about to be. */
  get isVisible(): boolean {
    return this.#panel?.visible ?? this.isComing;
  }

  /** How the page is drawn. */
  get look(): PanelLook {
    return this.looks.look;
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** How often a person has asked for something in it. */
  get heard(): number {
    return this.#heard;
  }

  /** Whether the next file leaves it alone. */
  get isKept(): boolean {
    return this.#kept;
  }

  keep(on: boolean): void {
    if (on === this.#kept) return;
    this.#kept = on;
    this.#told = undefined;
    this.#tell();
    this.#keeping.fire();
  }

  /** Brings the panel to the front where it is and covers nothing that is worked in, or opens it at the right of the file. */
  reveal(preserveFocus = false): void {
    if (this.#panel) {
      this.#panel.reveal(columnAside(this.#panel.viewColumn), preserveFocus);
      return;
    }
    const { file } = this.session.state;
    const viewColumn = columnForPanel(file);
    const title = vscode.l10n.t('Attribution');
    this.adopt(vscode.window.createWebviewPanel(PANEL_TYPE, title, { viewColumn, preserveFocus }));
  }

  /** Takes a panel over, e.g. one that a window reload has brought back; an earlier one closes. */
  adopt(panel: vscode.WebviewPanel): void {
    const earlier = this.#panel;
    this.#panel = panel;
    earlier?.dispose();
    this.#told = undefined;
    this.#ready = false;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [pageFolder(this.extension)] };
    panel.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = undefined;
        this.#ready = false;
        this.#kept = false;
        this.session.close();
        this.#closed.fire();
      }
    });
    panel.onDidChangeViewState(() => panel.active && this.#activated.fire());
    webview.onDidReceiveMessage((said: unknown) => {
      const message = readMessage(said);
      if (message) this.#receive(message);
      else this.log.warn('The page of the panel sent a message that is none of its own; it was left aside.');
    });
    const icon = (theme: string) => vscode.Uri.joinPath(this.extension, 'media', `panel_${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.html = pageHtml(webview, this.extension, 'panel');
    this.#tell();
  }

  /** Marks what the editor of the file has its cursor on. */
  mark(mark: FileMark): void {
    if (JSON.stringify(mark) === JSON.stringify(this.#mark)) return;
    this.#mark = mark;
    this.#post({ kind: 'mark', ...mark });
  }

  /** Brings a view to the front of the page. */
  bring(view: ViewId): void {
    this.reveal();
    this.#front = view;
    this.#tellViews();
  }

  /** Brings the maps of all classes to the front. */
  showClasses(explanation: Explanation): void {
    this.#classes.show(explanation);
    this.bring('classes');
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#panel?.dispose();
  }

  #receive(message: FromPanel): void {
    if (message.kind === 'ready') {
      this.#ready = true;
      this.#outbox.clear();
      this.#told = undefined;
      this.#tell();
      this.#sent.clear();
      // It may have come up before there was a page.
      if (this.reading.view.question) this.#front = 'reading';
      this.#tellViews();
      void this.runs.refresh();
      this.#post({ kind: 'mark', ...this.#mark });
    } else if (message.kind === 'remember') {
      void this.looks.keep(message.look);
    } else {
      this.#heard++;
      this.#activated.fire();
      void obey(message, this);
    }
  }

  #tell(): void {
    const { state } = this.session;
    if (this.#panel && state.file) {
      const name = fileName(state.file);
      const title = this.#kept
        ? vscode.l10n.t('Attribution: {0} (kept)', name)
        : vscode.l10n.t('Attribution: {0}', name);
      this.#panel.title = titleText(title);
    }
    if (this.#ready) {
      for (const message of messages(
        state,
        this.#told,
        this.looks.look,
        this.#kept ? this.session.panel : null,
      )) {
        this.#post(message);
      }
      this.#told = state;
    }
  }

  #tellViews(): void {
    for (const source of this.#sources) this.#tellView(source);
  }

  #tellView({ id, view: read }: ViewSource): void {
    if (!this.#ready) return;
    const whole = read();
    const view = changedParts(whole, this.#sent.get(id));
    const front = this.#front === id;
    if (!front && Object.keys(view).length === 0) return;
    if (front) this.#front = null;
    this.#sent.set(id, whole);
    this.#post({ kind: 'view', id, view, front } as ViewMessage);
  }

  #post(message: ToPanel): void {
    if (this.#ready) this.#outbox.send(message);
  }
}

function fileName(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}
