import * as vscode from 'vscode';
import type { MethodId } from '../attribution/explanation.ts';
import { methodNamed } from '../attribution/methods.ts';
import type { CallOptions } from '../engine/client.ts';
import { Refusal } from '../refusal.ts';
import { BusySign } from './busySign.ts';
import { Debounce } from './debounce.ts';
import type { Finished } from './finished.ts';
import type { HostEngine } from './hostEngine.ts';
import { LastWins } from './lastWins.ts';
import { type Looking, look } from './look.ts';
import type { Memory } from './memory.ts';
import { logged, refusedBy } from './refusedBy.ts';
import { FRESH, type Selection, staysWhenRefused } from './selection.ts';
import { NOTHING, type Refused, type SessionState } from './state.ts';
import type { Log } from './surfaces/log.ts';

const previewAfterMs = 60;

interface Run {
  readonly selection: Selection;
  /** Nobody asked for it: no message beside the panel. */
  readonly quiet: boolean;
  /** Shown, not picked. */
  readonly preview: boolean;
  /** What stays picked when the run is refused. */
  readonly otherwise: Selection;
}

/** What is being looked at, and the one way to look at something else. Bad input becomes state, never an exception. */
export class Session implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<SessionState>();
  readonly #finished = new vscode.EventEmitter<Finished>();
  readonly #queue = new LastWins();
  readonly #previewing = new Debounce(previewAfterMs, () => this.#runPreview());
  #state: SessionState = NOTHING;
  #preview: Partial<Selection> | undefined;
  /** The picture of the selection, while a preview shows another one. */
  #picked: Pick<SessionState, 'explanation' | 'textVersion' | 'activity'> = NOTHING;
  #abort = new AbortController();
  /** Whether what runs may take long. */
  #isSlow = false;
  /** Only the run of the latest request may change the state. */
  #latest = 0;
  /** Files may have changed since they were last read; an overtaken run does not settle that. */
  #stale = true;
  #again = 0;

  /** Rises when what an audit rests on has changed: model, mask, or a file on disk. */
  #revision = 0;

  readonly onDidChange = this.#changed.event;
  /** After every explanation of the selection; previews and overtaken runs are none. */
  readonly onDidFinish = this.#finished.event;

  constructor(
    private readonly engine: HostEngine,
    private readonly memory: Memory,
    private readonly log: Log,
  ) {}

  get revision(): number {
    return this.#revision;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Looks at a file, with the picks it had when it was last looked at unless given. Ends whatever is going on. */
  open(file: vscode.Uri, changes: Partial<Selection> = {}, picks?: Selection): Promise<void> {
    this.#stop();
    if (file.toString() !== this.#state.file?.toString()) {
      this.#picked = NOTHING;
      this.#become({ ...NOTHING, file, selection: this.memory.selection(file) ?? FRESH });
    }
    const before = this.#state.selection;
    this.#stale = true;
    const selection = { ...(picks ?? before), ...changes };
    return this.#run({ selection, otherwise: picks || staysWhenRefused(changes) ? selection : before });
  }

  /** Looks at nothing any more. */
  close(): void {
    this.#leavePreview();
    this.#stop();
    this.#picked = NOTHING;
    this.#become(NOTHING);
  }

  /** Picks something else for the same file. */
  choose(changes: Partial<Selection>): Promise<void> {
    this.#leavePreview();
    // Which columns are features hangs on the mask, the order of an array's axes on the model.
    this.#stale ||= 'mask' in changes || 'model' in changes;
    if ('mask' in changes || 'model' in changes || 'truncate' in changes) this.#revision++;
    const before = this.#state.selection;
    const selection = { ...before, ...changes };
    return this.#run({ selection, otherwise: staysWhenRefused(changes) ? selection : before });
  }

  /** Shows what a pick would give; the last call wins. `endPreview` or `choose` follows. */
  preview(changes: Partial<Selection>): void {
    const method = changes.method ?? this.#state.selection.method;
    if (Object.keys(changes).length === 0 || isSlow(method)) {
      // Nothing to compute, or too long to follow the arrow keys.
      this.endPreview();
      return;
    }
    this.#preview = changes;
    this.#previewing.trigger();
  }

  /** Back to the picture that was there, without computing it again. */
  endPreview(): void {
    if (this.#leavePreview()) {
      this.#latest++;
      this.#set(this.#picked);
    }
  }

  /** What other picks would give; what is being looked at stays. @throws Refusal */
  async beside(
    changes: Partial<Selection>,
    options: CallOptions & Pick<Looking, 'everyClass'> = {},
  ): Promise<Finished> {
    const { file, project, model, selection } = this.#state;
    if (!file || !model) {
      throw new Refusal('nothing-open', vscode.l10n.t('Explain a data file first.'));
    }
    const picks = { ...selection, ...changes };
    const again = this.#again;
    const looking = { project, model, stale: 'mask' in changes, again, saw: () => {}, ...options };
    return { file, model: model.path, ...(await look(this.engine, this.memory, file, picks, looking)) };
  }

  /**
   * The files, the settings or the trust may have changed. `quiet` where nobody asked for it; `again` runs a linked
   * script that has not changed, too. A script that runs is ended: the last save wins.
   */
  rerun({ quiet = false, again = false } = {}): Promise<void> {
    if (this.#state.project?.script !== undefined) this.#stop();
    if (again) this.#again++;
    this.#stale = true;
    this.#revision++;
    return this.#run({ selection: this.#state.selection, otherwise: this.#state.selection, quiet });
  }

  /** Ends the run at once; the last picture stays. */
  cancel(): void {
    if (this.#state.activity.kind === 'busy') {
      this.#stop();
      this.log.info('Cancelled.');
      const { explanation } = this.#state;
      this.#set({ activity: explanation ? { kind: 'idle' } : refusedBy(cancelled(), true) });
    }
  }

  /** Says a sentence about the file that no run came upon. */
  refuse(refused: Omit<Refused, 'kind'>): void {
    this.#set({ activity: { ...refused, kind: 'refused' } });
  }

  /** As whenIdle, but what takes long is not waited for: the state is that of before it. */
  async whenReady(): Promise<void> {
    if (!this.#isSlow || !this.#state.model) await this.whenIdle();
  }

  /** Resolves when nothing runs and nothing is about to. */
  async whenIdle(): Promise<void> {
    await this.#previewing.idle;
    await this.#queue.idle;
  }

  dispose(): void {
    this.#stop();
    this.#previewing.dispose();
    this.#changed.dispose();
    this.#finished.dispose();
  }

  async #run(run: Pick<Run, 'selection' | 'otherwise'> & Partial<Run>): Promise<void> {
    const { file } = this.#state;
    const ticket = ++this.#latest;
    // What takes long is not waited for when something else is asked.
    if (this.#isSlow) this.#abort.abort(cancelled());
    if (file) {
      await this.#queue.run(() => this.#look(file, { quiet: false, preview: false, ...run }, ticket));
    }
  }

  async #look(file: vscode.Uri, run: Run, ticket: number): Promise<void> {
    const setIfLatest = (changes: Partial<SessionState>) => {
      if (ticket === this.#latest) this.#set(changes);
      return ticket === this.#latest;
    };
    if (ticket !== this.#latest) return;
    const stale = this.#stale;
    this.#stale = false;
    this.#abort = new AbortController();
    this.#isSlow = isSlow(run.selection.method);
    const busy = new BusySign(vscode.l10n.t('Explaining'), (activity) => setIfLatest({ activity }));
    try {
      const { selection, explanation, project, textVersion } = await look(
        this.engine,
        this.memory,
        file,
        run.selection,
        {
          ...{ project: this.#state.project, model: this.#state.model, stale },
          saw: (sighting) =>
            setIfLatest('project' in sighting ? { project: sighting.project ?? undefined } : sighting),
          again: this.#again,
          ...{ signal: this.#abort.signal, report: busy.report },
        },
      );
      busy.end();
      this.#isSlow = false;
      const found = { explanation, textVersion, activity: { kind: 'idle' } } as const;
      if (setIfLatest(run.preview ? found : { selection, ...found }) && !run.preview) {
        this.#picked = found;
        this.#finished.fire({ file, model: this.#state.model!.path, selection, explanation, project });
        await this.memory.keepSelection(file, selection);
      }
    } catch (error) {
      busy.end();
      this.#isSlow = false;
      this.#stale ||= stale;
      logged(this.log, error);
      const activity = refusedBy(error, run.quiet);
      if (setIfLatest(run.preview ? { activity } : { selection: run.otherwise, activity }) && !run.preview) {
        const { explanation, textVersion } = this.#state;
        this.#picked = { explanation, textVersion, activity };
      }
    }
  }

  #runPreview(): void {
    const { selection } = this.#state;
    const previewed = { ...selection, ...this.#preview };
    void this.#run({ selection: previewed, otherwise: selection, quiet: true, preview: true });
  }

  /** True when there was a preview. */
  #leavePreview(): boolean {
    const there = this.#preview !== undefined;
    this.#previewing.dispose();
    this.#preview = undefined;
    return there;
  }

  #stop(): void {
    this.#latest++;
    this.#abort.abort(cancelled());
  }

  #set(changes: Partial<SessionState>): void {
    this.#become({ ...this.#state, ...changes });
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}

/** Without a method the engine takes a quick one, or occlusion where it must. */
function isSlow(method: MethodId | undefined): boolean {
  return method !== undefined && !methodNamed(method)?.isQuick;
}

function cancelled(): Refusal {
  return new Refusal('cancelled', vscode.l10n.t('Cancelled; run again to see the map.'));
}
