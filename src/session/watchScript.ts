import { createHash } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { readSmall } from '../files/readSmall.ts';
import { Debounce } from './core/debounce.ts';
import type { Session } from './session.ts';

/** Shorter than for data: a save is meant. */
const settleMs = 150;
/** Larger ones count as unchanged. */
const LARGEST_SCRIPT = 2 ** 24;

/** Re-runs when the linked script is saved, in an editor or by another program. The last save wins. */
export class ScriptWatch implements vscode.Disposable {
  readonly #settled = new Debounce(settleMs, () => this.#react());
  readonly #always: vscode.Disposable;
  #reacting: Promise<void> = Promise.resolve();
  #watcher: vscode.Disposable | undefined;
  #script: string | undefined;
  /** Of the text that was run last: a save and its echo from the disk are one change. */
  #hash: Promise<string> = Promise.resolve('');

  constructor(private readonly session: Session) {
    this.#always = vscode.Disposable.from(
      session.onDidChange(({ project }) => this.#follow(project?.script)),
      vscode.workspace.onDidSaveTextDocument(
        ({ uri }) => uri.scheme === 'file' && uri.fsPath === this.#script && this.#settled.trigger(),
      ),
    );
  }

  /** Resolves when no save is waiting to settle, and the run it asks for has been asked for. */
  get idle(): Promise<void> {
    return this.#settled.idle.then(() => this.#reacting);
  }

  dispose(): void {
    this.#always.dispose();
    this.#settled.dispose();
    this.#watcher?.dispose();
  }

  #follow(script: string | undefined): void {
    if (script === this.#script) return;
    this.#watcher?.dispose();
    this.#watcher = undefined;
    this.#script = script;
    if (script === undefined) return;
    this.#hash = hashOf(script);
    const name = path.basename(script).replace(/[[\]{}*?]/g, '?');
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(path.dirname(script)), name),
    );
    const changed = () => this.#settled.trigger();
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    this.#watcher = watcher;
  }

  #react(): void {
    this.#reacting = this.#rerunIfChanged();
  }

  async #rerunIfChanged(): Promise<void> {
    if (this.#script === undefined) return;
    const before = await this.#hash;
    this.#hash = hashOf(this.#script);
    if ((await this.#hash) !== before) {
      // Not awaited: a newer save ends this run.
      void this.session.rerun({ quiet: true });
    }
  }
}

async function hashOf(file: string): Promise<string> {
  const bytes = await readSmall(file, LARGEST_SCRIPT).catch(() => undefined);
  return bytes ? createHash('sha256').update(bytes).digest('hex') : '';
}
