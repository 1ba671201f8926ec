import * as vscode from 'vscode';
import type { Audit } from '../padding/audit.ts';
import { Refusal } from '../refusal.ts';
import type { AuditScope, AuditView } from './auditView.ts';
import { contentOf, pathOf } from './content.ts';
import type { HostEngine } from './hostEngine.ts';
import { projectOf } from './projectOf.ts';
import { logged, refusedBy } from './refusedBy.ts';
import { scriptRun } from './scriptRun.ts';
import type { Session } from './session.ts';

interface Made {
  readonly audit: Audit;
  readonly file: string;
  /** The session's revision it rests on. */
  readonly revision: number;
}

/** The padding audit of the file being looked at: one at a time, in an engine of its own, kept until another file comes. */
export class Audits implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<AuditView>();
  readonly #subscription: vscode.Disposable;
  #scope: AuditScope = 'file';
  #made: Made | undefined;
  #activity: AuditView['activity'] = { kind: 'idle' };
  #abort: AbortController | undefined;
  #file: string | undefined;
  #told = -1;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly engine: HostEngine,
    private readonly session: Session,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#subscription = session.onDidChange(() => this.#follow());
  }

  get view(): AuditView {
    return {
      scope: this.#scope,
      audit: this.#made?.audit ?? null,
      outdated: this.#made !== undefined && this.#made.revision !== this.session.revision,
      activity: this.#activity,
      instances: this.session.state.data?.instances.length ?? 0,
    };
  }

  /** Audits the file or the instance being looked at; an audit that runs already ends. Bad input becomes state. */
  async run(scope: AuditScope, report: (share: number, what: string) => void = () => {}): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.#scope = scope;
    const { revision } = this.session;
    const { file } = this.session.state;
    const set = (activity: AuditView['activity']) => {
      if (this.#abort === abort) this.#become(activity);
    };
    set({ kind: 'busy', what: vscode.l10n.t('Auditing') });
    try {
      const audit = await this.#ask(scope, abort.signal, (share, what) => {
        set({ kind: 'busy', what, share });
        report(share, what);
      });
      if (this.#abort !== abort) return;
      this.#made = { audit, file: file!.toString(), revision };
      set({ kind: 'idle' });
    } catch (error) {
      if (this.#abort !== abort) return;
      logged(this.log, error);
      const { sentence } = refusedBy(error, false);
      set({ kind: 'refused', sentence });
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

  async #ask(
    scope: AuditScope,
    signal: AbortSignal,
    report: (share: number, what: string) => void,
  ): Promise<Audit> {
    const { file, model, selection, explanation } = this.session.state;
    if (!vscode.workspace.isTrusted) {
      throw new Refusal('untrusted', vscode.l10n.t('Models are not loaded before you trust this workspace.'));
    }
    if (!file || !model) {
      throw new Refusal(
        'nothing-open',
        vscode.l10n.t('Explain a data file first; the audit is about the file and model being looked at.'),
      );
    }
    const project = await projectOf(file);
    const request = {
      data: pathOf(file),
      content: await contentOf(file),
      model: model.path,
      project: project?.path,
      run: await scriptRun(project?.script),
      mask: selection.mask,
      truncate: selection.truncate,
      layer: explanation?.layer.name,
      instances: scope === 'instance' ? [selection.instance] : undefined,
    };
    return this.engine.call('audit', request, { signal, report });
  }

  /** Another file: nothing of the old one stays. */
  #follow(): void {
    const file = this.session.state.file?.toString();
    if (file !== this.#file) {
      this.#file = file;
      this.cancel();
      if (this.#made?.file !== file) this.#made = undefined;
      this.#become({ kind: 'idle' });
    } else if (this.#told !== this.session.revision) {
      this.#become(this.#activity);
    }
  }

  #become(activity: AuditView['activity']): void {
    this.#activity = activity;
    this.#told = this.session.revision;
    this.#changed.fire(this.view);
  }
}
