import * as vscode from 'vscode';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { Refusal } from '../refusal.ts';
import { contentOf, pathOf } from './content.ts';
import type { EvaluationScope, EvaluationView } from './evaluationView.ts';
import type { HostEngine } from './hostEngine.ts';
import { projectOf } from './projectOf.ts';
import { logged, refusedBy } from './refusedBy.ts';
import { scriptRun } from './scriptRun.ts';
import type { Session } from './session.ts';
import { truthBeside } from './truthFile.ts';

interface Made {
  readonly evaluation: Evaluation;
  readonly file: string;
  /** What it rests on. */
  readonly basis: string;
}

/** Whether the map being looked at is right: one evaluation at a time, beside the session's engine, kept until another file comes. */
export class Evaluations implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<EvaluationView>();
  readonly #subscription: vscode.Disposable;
  #scope: EvaluationScope = 'file';
  #made: Made | undefined;
  #activity: EvaluationView['activity'] = { kind: 'idle' };
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

  get view(): EvaluationView {
    return {
      scope: this.#scope,
      evaluation: this.#made?.evaluation ?? null,
      outdated: this.#made !== undefined && this.#made.basis !== this.#basis,
      activity: this.#activity,
      instances: this.session.state.data?.instances.length ?? 0,
    };
  }

  /** Judges the maps of the file or the instance being looked at; a run that goes on already ends. Bad input becomes state. */
  async run(scope: EvaluationScope, report: (share: number, what: string) => void = () => {}): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.#scope = scope;
    const basis = this.#basis;
    const { file } = this.session.state;
    const set = (activity: EvaluationView['activity']) => {
      if (this.#abort === abort) this.#become(activity);
    };
    set({ kind: 'busy', what: vscode.l10n.t('Evaluating') });
    try {
      const evaluation = await this.#ask(scope, abort.signal, (share, what) => {
        set({ kind: 'busy', what, share });
        report(share, what);
      });
      if (this.#abort !== abort) return;
      this.#made = { evaluation, file: file!.toString(), basis };
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

  /** Of the whole file, everything but the instance that is picked; not what is only previewed. */
  get #basis(): string {
    const { instance, madeFor: _, ...picks } = this.session.state.selection;
    const which = this.#scope === 'instance' ? instance : 'all';
    return `${this.session.revision} ${which} ${JSON.stringify(picks)}`;
  }

  async #ask(
    scope: EvaluationScope,
    signal: AbortSignal,
    report: (share: number, what: string) => void,
  ): Promise<Evaluation> {
    const { file, model, selection } = this.session.state;
    if (!vscode.workspace.isTrusted) {
      throw new Refusal('untrusted', vscode.l10n.t('Models are not loaded before you trust this workspace.'));
    }
    if (!file || !model) {
      throw new Refusal(
        'nothing-open',
        vscode.l10n.t('Explain a data file first; the evaluation is about the map being looked at.'),
      );
    }
    const project = await projectOf(file);
    const { instance, ...picks } = selection;
    const request = {
      // The picks go by the names the engine has for them.
      ...{ ...picks, target: selection.target ?? 'predicted' },
      data: pathOf(file),
      content: await contentOf(file),
      model: model.path,
      project: project?.path,
      run: await scriptRun(project?.script),
      instances: scope === 'instance' ? [instance] : undefined,
      truth: await truthBeside(file, project?.path),
    };
    return this.engine.call('evaluate', request, { signal, report });
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

  #become(activity: EvaluationView['activity']): void {
    this.#activity = activity;
    this.#told = this.#basis;
    this.#changed.fire(this.view);
  }
}
