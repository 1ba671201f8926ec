import * as vscode from 'vscode';
import type { Explanation } from '../../attribution/explanation.ts';
import type { Overview } from '../../overview/overview.ts';
import type { Audits } from '../../session/audits.ts';
import type { Evaluations } from '../../session/evaluations.ts';
import type { Overviews } from '../../session/overviews.ts';
import type { Runs } from '../../session/runs/runs.ts';
import type { RunPair } from '../../session/runs/runsView.ts';
import type { Session } from '../../session/session.ts';
import type { SessionState } from '../../session/state.ts';
import type { Log } from '../../session/surfaces/log.ts';
import { titleText } from '../../surfaces/editorText.ts';
import { columnOf } from '../columns.ts';
import type { FromPanel, ToPanel } from './contract.ts';
import { pageFolder, pageHtml } from './html.ts';
import type { LookMemory } from './lookMemory.ts';
import { messages } from './messages.ts';
import { obey } from './obey.ts';
import { readMessage } from './readMessage.ts';

/** A view of the page that can be brought to the front. */
type PanelTab = 'audit' | 'evaluation' | 'dataset' | 'runs' | 'compare';

export const PANEL_TYPE = 'attribution.panel';

/** The one panel. The page may go at any time (hidden tab) and asks for everything again when it is back. */
export class Panel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  /** The state the page draws; undefined until the page has said that it is there. */
  #told: SessionState | undefined;
  #ready = false;
  #mark: number | null = null;
  /** The page was not there yet when a view was to come to the front. */
  #front: PanelTab | null = null;
  /** The map of every class, and the picture it was made beside. */
  #classes: { readonly explanation: Explanation; readonly beside: Explanation | undefined } | null = null;
  /** The pair the page draws: maps are not sent again for every change of the list. */
  #toldPair: RunPair | null | undefined;
  #toldOverview: Overview | null | undefined;
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly session: Session,
    private readonly audits: Audits,
    private readonly overviews: Overviews,
    private readonly evaluations: Evaluations,
    private readonly runs: Runs,
    private readonly looks: LookMemory,
    private readonly log: Log,
  ) {
    this.#subscription = vscode.Disposable.from(
      session.onDidChange(() => this.#tell()),
      audits.onDidChange(() => this.#tellAudit()),
      overviews.onDidChange(() => this.#tellDataset()),
      evaluations.onDidChange(() => this.#tellEvaluation()),
      runs.onDidChange(() => this.#tellRuns()),
    );
  }

  /** Brings the panel to the front where it is, or opens it at the right of the file. */
  reveal(preserveFocus = false): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, preserveFocus);
      return;
    }
    const { file } = this.session.state;
    const beside = file && columnOf(file);
    const viewColumn = beside === undefined ? vscode.ViewColumn.Active : beside + 1;
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
        this.session.close();
      }
    });
    webview.onDidReceiveMessage((said: unknown) => {
      const message = readMessage(said);
      if (message) this.#receive(message);
      else this.log.warn('The page of the panel sent a message that is none of its own; it was left aside.');
    });
    const icon = (theme: string) => vscode.Uri.joinPath(this.extension, 'media', `panel_${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.html = pageHtml(webview, this.extension);
    this.#tell();
  }

  /** Marks the step whose row the cursor is on. */
  mark(step: number | null): void {
    if (step !== this.#mark) {
      this.#mark = step;
      this.#post({ kind: 'mark', step });
    }
  }

  /** Brings a view to the front of the page. */
  bring(view: PanelTab): void {
    this.reveal();
    this.#front = view;
    this.#tellAudit();
    this.#tellDataset();
    this.#tellEvaluation();
    this.#tellRuns();
  }

  /** Brings the maps of all classes to the front; they go with the picture they were made beside. */
  showClasses(explanation: Explanation): void {
    this.#classes = { explanation, beside: this.session.state.explanation };
    this.reveal();
    this.#tellClasses(true);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#panel?.dispose();
  }

  #receive(message: FromPanel): void {
    if (message.kind === 'ready') {
      this.#ready = true;
      this.#told = undefined;
      this.#tell();
      this.#toldPair = undefined;
      this.#toldOverview = undefined;
      this.#tellClasses(false);
      this.#tellAudit();
      this.#tellDataset();
      this.#tellEvaluation();
      this.#tellRuns();
      void this.runs.refresh();
      this.#post({ kind: 'mark', step: this.#mark });
    } else if (message.kind === 'remember') {
      void this.looks.keep(message.look);
    } else {
      void obey(message, this.session, this.runs);
    }
  }

  #tell(): void {
    const { state } = this.session;
    if (this.#classes && this.#classes.beside !== state.explanation) {
      this.#classes = null;
      this.#tellClasses(false);
    }
    if (this.#panel && state.file) {
      this.#panel.title = titleText(vscode.l10n.t('Attribution: {0}', fileName(state.file)));
    }
    if (this.#ready) {
      for (const message of messages(state, this.#told, this.looks.look)) {
        this.#post(message);
      }
      this.#told = state;
    }
  }

  #tellClasses(front: boolean): void {
    this.#post({ kind: 'classes', explanation: this.#classes?.explanation ?? null, front });
  }

  #tellAudit(): void {
    this.#post({ kind: 'audit', view: this.audits.view, front: this.#comesToFront('audit') });
  }

  #tellDataset(): void {
    const { overview, view } = this.overviews;
    if (overview !== this.#toldOverview) {
      // The page shows no single instance's importance, and there may be millions of numbers.
      const shown = overview && { ...overview, importance: new Float32Array(0) };
      this.#post({ kind: 'overview', overview: shown });
    }
    this.#post({ kind: 'dataset', view, front: this.#comesToFront('dataset') });
    if (this.#ready) this.#toldOverview = overview;
  }

  #tellEvaluation(): void {
    const front = this.#comesToFront('evaluation');
    this.#post({ kind: 'evaluation', view: this.evaluations.view, front });
  }

  #tellRuns(): void {
    const { view, pair } = this.runs;
    this.#post({ kind: 'runs', view, front: this.#comesToFront('runs') });
    const front = this.#comesToFront('compare');
    if (front || pair !== this.#toldPair) this.#post({ kind: 'compare', pair, front });
    if (this.#ready) this.#toldPair = pair;
  }

  /** True once, when the page is there to do it. */
  #comesToFront(view: PanelTab): boolean {
    const comes = this.#ready && this.#front === view;
    if (comes) this.#front = null;
    return comes;
  }

  #post(message: ToPanel): void {
    if (this.#ready) {
      void this.#panel?.webview.postMessage(message);
    }
  }
}

function fileName(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}
