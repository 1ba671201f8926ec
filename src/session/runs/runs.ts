import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { CallOptions } from '../../engine/client.ts';
import { Refusal } from '../../refusal.ts';
import type { Run } from '../../runs/run.ts';
import { logged } from '../core/refused.ts';
import type { Selection } from '../core/selection.ts';
import type { Session } from '../session.ts';
import type { Finished } from '../state.ts';
import { askText } from '../surfaces/inputBox.ts';
import type { Log } from '../surfaces/log.ts';
import { makeRun, unsaved } from './makeRun.ts';
import type { RunStore } from './runStore.ts';
import type { ListedRun, RunAct, RunPair, RunsView } from './runsView.ts';
import { contentStamp } from './stamps.ts';

/** Keeps what the session explains, and knows which two runs are being compared. */
export class Runs implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #rows: readonly ListedRun[] = [];
  #a: string | null = null;
  #b: string | null = null;
  #pair: RunPair | null = null;
  /** The run of the picture that stands, once it is kept. */
  #latest: string | null = null;
  /** The run deleted last, while this window lasts. */
  #deleted: { readonly run: Run; readonly row: ListedRun } | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly store: RunStore,
    private readonly session: Session,
    private readonly log: Log,
  ) {
    const others = store.onDidChange((by) => by !== this && void this.refresh());
    const finishing = session.onDidFinish((finished) => {
      this.#latest = null;
      void this.#keep(finished).then(async (id) => {
        this.#latest = id ?? null;
        await this.#told();
      });
    });
    this.#subscription = vscode.Disposable.from({ dispose: others }, finishing);
  }

  get view(): RunsView {
    const deleted = this.#deleted?.row;
    return {
      ...{ rows: this.#rows, a: this.#a, b: this.#b },
      deleted: deleted ? (deleted.name ?? deleted.instance.id) : null,
    };
  }

  /** Null until two runs are chosen and both can be read. */
  get pair(): RunPair | null {
    return this.#pair;
  }

  /** Resolves when everything that was explained is kept. */
  get idle(): Promise<void> {
    return this.#writing.then(() => {});
  }

  /** Lists anew: other windows keep runs of the same folder too. */
  async refresh(): Promise<void> {
    this.#rows = await this.store.list();
    const there = (id: string | null) => (this.#rows.some((row) => row.id === id) ? id : null);
    await this.#choose(there(this.#a), there(this.#b));
  }

  /** @throws Refusal where a run is gone */
  async compare(a: string, b: string): Promise<void> {
    await this.idle;
    this.#rows = await this.store.list();
    for (const id of [a, b]) this.#row(id);
    await this.#choose(a, b);
  }

  /** Compares the picture that stands with what other picks would give; the selection stays as it is. @throws Refusal */
  async compareWithPicks(changes: Partial<Selection>, options: CallOptions = {}): Promise<void> {
    const a = await this.current();
    const beside = await this.session.beside(changes, options);
    const hashes = [beside.explanation, this.session.state.explanation].map(
      (one) => one?.provenance.modelHash,
    );
    if (changes.model !== undefined && hashes[0] === hashes[1]) {
      throw new Refusal(
        'same-model',
        vscode.l10n.t(
          '{0} is a copy of the model that is explained: there is nothing to compare.',
          changes.model,
        ),
      );
    }
    const other = await this.#keep(beside);
    if (other === undefined) {
      throw new Refusal('run-not-kept', vscode.l10n.t('The run could not be kept; the log says why.'));
    }
    await this.compare(a, other);
  }

  /** The kept run of the picture that stands. @throws Refusal */
  async current(): Promise<string> {
    await this.idle;
    if (this.#latest === null || !this.session.state.explanation) {
      throw new Refusal('nothing-open', vscode.l10n.t('Explain a data file first.'));
    }
    return this.#latest;
  }

  /** @throws Refusal where the run is gone */
  async act(act: RunAct): Promise<void> {
    if (act.do === 'restore') {
      if (this.#a === null && this.#b === null) {
        [this.#a, this.#b] = [act.a, act.b];
        await this.refresh();
      }
      return;
    }
    if (act.do === 'undelete') return this.#undelete();
    const { id } = act;
    if (act.do === 'open') return this.#open(id);
    if (act.do === 'asA') [this.#a, this.#b] = [id, this.#b === id ? null : this.#b];
    else if (act.do === 'asB') [this.#a, this.#b] = [this.#a === id ? null : this.#a, id];
    else if (act.do === 'delete') await this.#delete(id);
    else if (act.do === 'name') await this.#name(id);
    else await this.store.pin(id, act.do === 'pin');
    await this.#told();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Lists what it has changed, and has the other panels list it. */
  async #told(): Promise<void> {
    await this.refresh();
    this.store.changed(this);
  }

  /** Picks everything as it was and explains again: the file may hold something else by now. */
  async #open(id: string): Promise<void> {
    const { file, selection: kept, model, instance } = this.#row(id);
    const selection = { ...kept, instance: instance.index, madeFor: model.path };
    const uri = vscode.Uri.parse(file, true);
    const { state } = this.session;
    const isModelThere = state.file?.toString() === file && state.model?.path === model.path;
    await this.session.open(uri, isModelThere ? {} : { model: model.path }, selection);
  }

  async #delete(id: string): Promise<void> {
    const row = this.#row(id);
    const run = await this.store.get(id);
    this.#deleted = run ? { run, row } : null;
    await this.store.delete(id);
  }

  async #undelete(): Promise<void> {
    if (!this.#deleted) return;
    const { run, row } = this.#deleted;
    this.#deleted = null;
    await this.store.put(run);
    if (row.pinned) await this.store.pin(row.id, true);
    if (row.name !== undefined) await this.store.name(row.id, row.name);
    await this.#told();
  }

  async #name(id: string): Promise<void> {
    const { name = '', instance } = this.#row(id);
    const typed = await askText({
      title: vscode.l10n.t('Name of the run of {0}', instance.id),
      prompt: vscode.l10n.t('What the run is called in the list; empty: no name'),
      value: name,
    });
    if (typed !== undefined) await this.store.name(id, typed);
  }

  #row(id: string): ListedRun {
    const row = this.#rows.find((one) => one.id === id);
    if (!row) throw new Refusal('unknown-run', vscode.l10n.t('This run is no longer kept.'));
    return row;
  }

  /** Undefined where it could not be kept; never throws. Hashing and writing wait until the picture is out. */
  #keep({ file, model, selection, explanation, project, quiet }: Finished): Promise<string | undefined> {
    const at = Date.now();
    const keeping = this.#writing.then(async () => {
      try {
        await setImmediate();
        const content = await contentStamp(file);
        const preprocess = project?.hash ?? null;
        const told = { at, file: file.toString(), content, preprocess, selection, modelPath: model };
        const run = makeRun(explanation, told);
        const { id } = run.facts;
        // What nobody asked for, and came out as before, is no newer run.
        const isThere = quiet && content !== unsaved && (await this.store.get(id)) !== undefined;
        if (!isThere) await this.store.put(run);
        return id;
      } catch (error) {
        logged(this.log, error);
        return undefined;
      }
    });
    this.#writing = keeping;
    return keeping;
  }

  async #choose(a: string | null, b: string | null): Promise<void> {
    const { a: shownA, b: shownB } = this.#pair ?? {};
    const row = (id: string | null) => this.#rows.find((one) => one.id === id);
    const isSame =
      shownA?.facts.id === a &&
      shownB?.facts.id === b &&
      shownA?.facts.at === row(a)?.at &&
      shownB?.facts.at === row(b)?.at;
    [this.#a, this.#b] = [a, b];
    if (!isSame) {
      const [runA, runB] = a && b ? await Promise.all([this.store.get(a), this.store.get(b)]) : [];
      if (this.#a !== a || this.#b !== b) return;
      this.#pair = runA && runB ? { a: runA, b: runB } : null;
    }
    this.#changed.fire();
  }
}
