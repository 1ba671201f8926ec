import * as vscode from 'vscode';
import type { Overview } from '../overview/overview.ts';
import { Refusal } from '../refusal.ts';
import { contentOf, pathOf } from './content.ts';
import type { HostEngine } from './hostEngine.ts';
import type { OverviewView } from './overviewView.ts';
import { projectOf } from './projectOf.ts';
import { logged, refusedBy } from './refusedBy.ts';
import { scriptRun } from './scriptRun.ts';
import type { Session } from './session.ts';

interface Made {
  readonly overview: Overview;
  readonly file: string;
  /** What it rests on. */
  readonly basis: string;
}

/** The maps of the whole file being looked at, added up: one at a time, beside the session's engine, kept until another file comes. */
export class Overviews implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<OverviewView>();
  readonly #subscription: vscode.Disposable;
  #made: Made | undefined;
  #activity: OverviewView['activity'] = { kind: 'idle' };
  #abort: AbortController | undefined;
  #file: string | undefined;
  #told = '';

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly engine: HostEngine,
    private readonly session: Session,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#subscription = session.onDidChange(() => this.#follow());
  }

  get overview(): Overview | null {
    return this.#made?.overview ?? null;
  }

  get view(): OverviewView {
    return {
      made: this.#made !== undefined,
      outdated: this.#made !== undefined && this.#made.basis !== this.#basis,
      activity: this.#activity,
      instances: this.session.state.data?.instances.length ?? 0,
    };
  }

  /** Explains every instance as the one being looked at; a run that goes on already ends. Bad input becomes state. */
  async run(report: (share: number, what: string) => void = () => {}): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    const basis = this.#basis;
    const { file } = this.session.state;
    const set = (activity: OverviewView['activity']) => {
      if (this.#abort === abort) this.#become(activity);
    };
    set({ kind: 'busy', what: vscode.l10n.t('Explaining') });
    try {
      const overview = await this.#ask(abort.signal, (share, what) => {
        set({ kind: 'busy', what, share });
        report(share, what);
      });
      if (this.#abort !== abort) return;
      this.#made = { overview, file: file!.toString(), basis };
      set({ kind: 'idle' });
    } catch (error) {
      if (this.#abort !== abort) return;
      logged(this.log, error);
      set({ kind: 'refused', sentence: refusedBy(error, false).sentence });
    }
  }

  cancel(): void {
    const running = this.#abort;
    this.#abort = undefined;
    running?.abort(new Refusal('cancelled', vscode.l10n.t('Cancelled.')));
    if (this.#activity.kind === 'busy') this.#become({ kind: 'idle' });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#abort?.abort();
    this.#changed.dispose();
  }

  /** Everything but the instance that is picked; not what is only previewed. */
  get #basis(): string {
    const { instance: _, madeFor: __, ...picks } = this.session.state.selection;
    return `${this.session.revision} ${JSON.stringify(picks)}`;
  }

  async #ask(signal: AbortSignal, report: (share: number, what: string) => void): Promise<Overview> {
    const { file, model, selection } = this.session.state;
    if (!vscode.workspace.isTrusted) {
      throw new Refusal('untrusted', vscode.l10n.t('Models are not loaded before you trust this workspace.'));
    }
    if (!file || !model) {
      throw new Refusal(
        'nothing-open',
        vscode.l10n.t(
          'Explain a data file first; the dataset view is about the file and model being looked at.',
        ),
      );
    }
    const project = await projectOf(file);
    const request = {
      // The picks go by the names the engine has for them.
      ...{ ...selection, target: selection.target ?? 'predicted' },
      data: pathOf(file),
      content: await contentOf(file),
      model: model.path,
      project: project?.path,
      run: await scriptRun(project?.script),
    };
    return this.engine.call('overview', request, { signal, report });
  }

  /** Another file: nothing of the old one stays. */
  #follow(): void {
    const file = this.session.state.file?.toString();
    if (file !== this.#file) {
      this.#file = file;
      this.cancel();
      if (this.#made?.file !== file) this.#made = undefined;
      this.#become({ kind: 'idle' });
    } else if (this.#told !== this.#basis) {
      this.#become(this.#activity);
    }
  }

  #become(activity: OverviewView['activity']): void {
    this.#activity = activity;
    this.#told = this.#basis;
    this.#changed.fire(this.view);
  }
}
