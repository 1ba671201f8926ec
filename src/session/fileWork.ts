import * as vscode from 'vscode';
import type { AuditRequest } from '../engine/contract.ts';
import { Refusal } from '../refusal.ts';
import { contentOf, pathOf } from './content.ts';
import type { HostEngine } from './hostEngine.ts';
import { logged, refusedBy } from './refusedBy.ts';
import { scriptRun } from './scriptRun.ts';
import type { Session } from './session.ts';
import type { SessionState } from './state.ts';
import type { Log } from './surfaces/log.ts';
import type { WorkActivity } from './workActivity.ts';

type Report = (share: number, what: string) => void;

interface Words {
  /** Shown until the engine reports something better. */
  readonly doing: string;
  /** Said where no file is being looked at yet. */
  readonly nothingOpen: string;
}

/** File, model, preprocessing and mask being looked at, as the engine is asked for them. */
type Asked = Pick<AuditRequest, 'data' | 'content' | 'model' | 'project' | 'run' | 'mask' | 'truncate'>;

interface Made<Result> {
  readonly result: Result;
  readonly file: string;
  readonly basis: string;
}

/**
 * Long work about the file being looked at: one at a time, beside the session's engine; what it gave is kept until
 * another file comes. Bad input becomes state, never an exception.
 */
export abstract class FileWork<Result, View> implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<View>();
  readonly #subscription: vscode.Disposable;
  #made: Made<Result> | undefined;
  #activity: WorkActivity = { kind: 'idle' };
  #abort: AbortController | undefined;
  #file: string | undefined;
  #told = '';

  readonly onDidChange = this.#changed.event;

  constructor(
    protected readonly engine: HostEngine,
    protected readonly session: Session,
    private readonly log: Log,
  ) {
    this.#subscription = session.onDidChange(() => this.#follow());
  }

  abstract get view(): View;

  /** All that the result hangs on; another one makes it out of date. */
  protected abstract get basis(): string;

  /** The last result that was finished for this file. */
  protected get result(): Result | null {
    return this.#made?.result ?? null;
  }

  /** What every such view says. */
  protected get standing(): { outdated: boolean; activity: WorkActivity; instances: number } {
    return {
      outdated: this.#made !== undefined && this.#made.basis !== this.basis,
      activity: this.#activity,
      instances: this.session.state.data?.instances.length ?? 0,
    };
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

  /** Does the work; one that goes on already has ended before (`cancel`). */
  protected async work(
    words: Words,
    ask: (
      asked: Asked,
      state: SessionState,
      context: { readonly signal: AbortSignal; readonly report: Report },
    ) => Promise<Result>,
    report: Report,
  ): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const { basis } = this;
    const { state } = this.session;
    const set = (activity: WorkActivity) => {
      if (this.#abort === abort) this.#become(activity);
    };
    set({ kind: 'busy', what: words.doing });
    try {
      const told: Report = (share, what) => {
        set({ kind: 'busy', what, share });
        report(share, what);
      };
      const asked = await askedFor(state, words.nothingOpen);
      const result = await ask(asked, state, { signal: abort.signal, report: told });
      if (this.#abort !== abort) return;
      this.#made = { result, file: state.file!.toString(), basis };
      set({ kind: 'idle' });
    } catch (error) {
      if (this.#abort !== abort) return;
      logged(this.log, error);
      set({ kind: 'refused', sentence: refusedBy(error, false).sentence });
    }
  }

  /** Another file: nothing of the old one stays. */
  #follow(): void {
    const file = this.session.state.file?.toString();
    if (file !== this.#file) {
      this.#file = file;
      this.cancel();
      if (this.#made?.file !== file) this.#made = undefined;
      this.#become({ kind: 'idle' });
    } else if (this.#told !== this.basis) {
      this.#become(this.#activity);
    }
  }

  #become(activity: WorkActivity): void {
    this.#activity = activity;
    this.#told = this.basis;
    this.#changed.fire(this.view);
  }
}

/** @throws Refusal `untrusted`, `nothing-open` */
async function askedFor(
  { file, model, project, selection }: SessionState,
  nothingOpen: string,
): Promise<Asked> {
  if (!vscode.workspace.isTrusted) {
    throw new Refusal('untrusted', vscode.l10n.t('Models are not loaded before you trust this workspace.'));
  }
  if (!file || !model) throw new Refusal('nothing-open', nothingOpen);
  return {
    data: pathOf(file),
    content: await contentOf(file),
    model: model.path,
    project: project?.path,
    run: await scriptRun(project?.script),
    mask: selection.mask,
    truncate: selection.truncate,
  };
}
