import * as vscode from 'vscode';
import type { CallOptions } from '../engine/client.ts';
import type { Sighting } from '../engine/contract.ts';
import type { FileRequest } from '../engine/requests.ts';
import type { ReportProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import { contentOf, pathOf } from './content.ts';
import { logged } from './core/refused.ts';
import { Turns } from './core/turns.ts';
import type { HostEngine } from './hostEngine.ts';
import type { Lab } from './lab.ts';
import { refusedBy } from './refusedBy.ts';
import { scriptRun } from './scriptRun.ts';
import type { Session } from './session.ts';
import type { SessionState } from './state.ts';
import type { Log } from './surfaces/log.ts';
import { truthBeside } from './truthFile.ts';
import { type RepairWish, WORKS, type Work, type WorkId, type WorkResult } from './works.ts';
import type { Seen, WorkActivity, WorkScope, WorkView } from './workView.ts';

interface Made<Result> {
  readonly result: Result;
  /** What of it the page is sent. */
  readonly shown: Result;
  readonly file: string;
  readonly basis: string;
}

/** What was going on, or had been found, when its file went. */
export interface LeftWork<Result> {
  /** URI of the file. */
  readonly data: string;
  readonly wasBusy: boolean;
  readonly result: Result | undefined;
}

/**
 * Long work about the file being looked at: one at a time, beside the session's engine; what it gave is kept until
 * another file comes. Bad input becomes state, never an exception.
 */
export class FileWork<Id extends WorkId> implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<WorkView<WorkResult<Id>>>();
  readonly #subscription: vscode.Disposable;
  readonly #work: Work;
  #scope: WorkScope = 'file';
  #made: Made<WorkResult<Id>> | undefined;
  #activity: WorkActivity = { kind: 'idle' };
  readonly #turns = new Turns((message) => vscode.l10n.t(message));
  #seen: readonly Seen[] = [];
  #file: string | undefined;
  #told = '';

  readonly onDidChange = this.#changed.event;
  readonly #left = new vscode.EventEmitter<LeftWork<WorkResult<Id>>>();
  /** The file has gone while work about it went on, or with a result. */
  readonly onDidLeave = this.#left.event;

  constructor(
    readonly id: Id,
    private readonly where: { readonly engine: HostEngine; readonly lab: Lab },
    private readonly session: Session,
    private readonly log: Log,
  ) {
    this.#work = WORKS[id];
    this.#subscription = session.onDidChange(() => this.#follow());
  }

  /** The last result that was finished for this file, and how it stands. */
  get view(): WorkView<WorkResult<Id>> {
    return { ...this.shown, result: this.#made?.result ?? null };
  }

  /** The view as the page is sent it. */
  get shown(): WorkView<WorkResult<Id>> {
    return {
      scope: this.#scope,
      result: this.#made?.shown ?? null,
      outdated: this.#made !== undefined && this.#made.basis !== this.#basis,
      activity: this.#activity,
      seen: this.#seen,
      instances: this.session.state.data?.instances.length ?? 0,
    };
  }

  /** All that the result hangs on; another one makes it out of date. Picks count, what is only previewed does not. */
  get #basis(): string {
    return `${this.session.revision} ${this.#work.basis(this.session.state.selection, this.#scope)}`;
  }

  /** All that the page is told beside the result; the data of a file come after the file. */
  get #telling(): string {
    return `${this.#basis} ${this.session.state.data?.instances.length}`;
  }

  /** Where there is something to keep, the best so far becomes the result; else, or asked again, the work ends. */
  cancel(): void {
    const outcome = this.#turns.cancel(this.#work.keeps?.(this.#seen) ?? false);
    if (outcome === 'keeps the best') this.#become({ kind: 'busy', what: this.#turns.ending });
    else if (this.#activity.kind === 'busy') {
      const nothing = vscode.l10n.t('Cancelled: nothing is kept.');
      this.#become(
        this.#work.keeps ? { kind: 'refused', sentence: nothing, cancelled: true } : { kind: 'idle' },
      );
    }
  }

  /** Something about the last result has changed, such as where it is kept. */
  amend(change: Partial<WorkResult<Id>>): void {
    if (!this.#made) return;
    const { result, shown } = this.#made;
    this.#made = { ...this.#made, result: { ...result, ...change }, shown: { ...shown, ...change } };
    this.#become(this.#activity);
  }

  #stop(): void {
    this.#turns.stop();
    if (this.#activity.kind === 'busy') this.#become({ kind: 'idle' });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#turns.stop();
    this.#changed.dispose();
    this.#left.dispose();
  }

  /** Does the work for the file or the instance being looked at; one that goes on already ends. */
  async run(scope: WorkScope, report: ReportProgress = () => {}, repair: RepairWish = {}): Promise<void> {
    this.#stop();
    this.#scope = scope;
    this.#seen = [];
    const { signal, enough, isOn, telling } = this.#turns.begin();
    const basis = this.#basis;
    const { state } = this.session;
    const set = (activity: WorkActivity) => {
      if (isOn()) this.#become(activity);
    };
    set({ kind: 'busy', what: vscode.l10n.t(this.#work.doing) });
    try {
      const saw = (sighting: Sighting) => {
        if (!isOn() || !('before' in sighting || 'candidate' in sighting)) return;
        this.#seen = [...this.#seen, sighting];
        this.#become(this.#activity);
      };
      const told: ReportProgress = (share, what) => {
        set({ kind: 'busy', what, share });
        report(share, what);
      };
      const options = { signal, enough, saw, report: telling(told) };
      const result = await this.#ask(state, options, repair);
      if (!isOn()) return;
      const shown = (this.#work.shown?.(result as never) ?? result) as WorkResult<Id>;
      this.#made = { result, shown, file: state.file!.toString(), basis };
      this.#turns.done();
      this.#become({ kind: 'idle' });
    } catch (error) {
      if (!isOn()) return;
      logged(this.log, error);
      this.#turns.done();
      this.#become({ kind: 'refused', sentence: refusedBy(error, false).sentence });
    }
  }

  async #ask(state: SessionState, options: CallOptions, repair: RepairWish): Promise<WorkResult<Id>> {
    const asked = await askedFor(state, vscode.l10n.t(this.#work.nothingOpen));
    const { selection, explanation } = state;
    const instances = this.#scope === 'instance' ? [selection.instance] : undefined;
    const result = await this.#work.ask(
      (method, argument) =>
        this.#work.inLab
          ? this.where.lab.call(vscode.l10n.t(this.#work.title), method, argument, options)
          : this.where.engine.call(method, argument, options),
      { ...asked, instances },
      {
        selection,
        layer: explanation?.layer.name,
        truth: () => truthBeside(state.file!, asked.project),
        repair,
      },
    );
    return result as WorkResult<Id>;
  }

  /** Another file: nothing of the old one stays. */
  #follow(): void {
    const file = this.session.state.file?.toString();
    if (file !== this.#file) {
      const left = { data: this.#file, wasBusy: this.#activity.kind === 'busy', result: this.#made?.result };
      this.#file = file;
      this.#stop();
      this.#seen = [];
      if (this.#made?.file !== file) this.#made = undefined;
      if (left.data !== undefined && (left.wasBusy || left.result))
        this.#left.fire({ ...left, data: left.data });
      this.#become({ kind: 'idle' });
    } else if (this.#told !== this.#telling) {
      this.#become(this.#activity);
    }
  }

  #become(activity: WorkActivity): void {
    this.#activity = activity;
    this.#told = this.#telling;
    this.#changed.fire(this.view);
  }
}

/** @throws Refusal `untrusted`, `nothing-open` */
async function askedFor(
  { file, model, project, selection }: SessionState,
  nothingOpen: string,
): Promise<FileRequest> {
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
