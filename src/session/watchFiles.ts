import * as path from 'node:path';
import * as vscode from 'vscode';
import { pathOf } from './content.ts';
import { Debounce } from './core/debounce.ts';
import type { Session } from './session.ts';

/** Editors write in several steps, and people type. */
const settleMs = 300;
/** A recorder may write without end. */
const mostMs = 1500;

/**
 * Re-runs when the data, the model or an attribution.json changes, on disk or in an editor. After Cancel what is written to
 * data and model starts nothing by itself, or a file that grows would begin again what was just ended.
 */
export class FileWatch implements vscode.Disposable {
  readonly #settled: Debounce;
  readonly #always: vscode.Disposable;
  readonly #rerun = new vscode.EventEmitter<void>();
  /** After a change was taken up. */
  readonly onDidRerun = this.#rerun.event;
  #watchers: vscode.Disposable[] = [];
  #watched = '';
  /** A person changed something: the settings, or the text in the editor. */
  #byHand = false;

  constructor(private readonly session: Session) {
    this.#settled = new Debounce(settleMs, () => this.#react(), undefined, mostMs);
    const isOurs = (document: vscode.TextDocument) =>
      document.uri.toString() === session.state.file?.toString();
    const edited = (document: vscode.TextDocument) => isOurs(document) && this.#changed(true);
    this.#always = vscode.Disposable.from(
      session.onDidChange(() => this.#follow()),
      vscode.workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && edited(document),
      ),
      // A closed editor takes its unsaved edits with it; without any, nothing has changed.
      vscode.workspace.onDidCloseTextDocument((document) => session.readUnsaved && edited(document)),
    );
  }

  /** Resolves when no change is waiting to settle. */
  get idle(): Promise<void> {
    return this.#settled.idle;
  }

  dispose(): void {
    this.#always.dispose();
    this.#settled.dispose();
    this.#rerun.dispose();
    this.#unwatch();
  }

  #follow(): void {
    const { file, model } = this.session.state;
    const wanted = [file?.toString() ?? '', model?.path ?? ''].join('\n');
    if (wanted === this.#watched) {
      return;
    }
    this.#unwatch();
    this.#watched = wanted;
    if (!file) {
      return;
    }
    const folder = vscode.workspace.getWorkspaceFolder(file) ?? path.dirname(pathOf(file));
    const settings = new vscode.RelativePattern(folder, '**/attribution.json');
    const files = [
      // Of a folder what lies in it, too.
      ...(file.scheme === 'file' ? [inFolderOf(file), new vscode.RelativePattern(file, '**')] : []),
      ...(model ? withWeights(model.path) : []),
      settings,
    ];
    this.#watchers = files.map((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const changed = () => this.#changed(pattern === settings);
      watcher.onDidChange(changed);
      watcher.onDidCreate(changed);
      watcher.onDidDelete(changed);
      return watcher;
    });
  }

  #unwatch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = [];
  }

  #changed(byHand: boolean): void {
    this.#byHand ||= byHand;
    this.#settled.trigger();
  }

  /** A file that is gone is said so and the picture stays; anything else is looked at again. */
  async #react(): Promise<void> {
    const { file, activity } = this.session.state;
    const waits = activity.kind === 'refused' && activity.code === 'cancelled' && !this.#byHand;
    this.#byHand = false;
    if (!file) {
      return;
    }
    if (await exists(file)) {
      if (waits) return;
      await this.session.rerun({ quiet: true });
      this.#rerun.fire();
    } else {
      const name = path.basename(file.path);
      this.session.refuse({
        code: 'data-vanished',
        sentence: vscode.l10n.t('{0} is gone; what you see is its last state.', name),
        quiet: true,
      });
    }
  }
}

/** The model, and what may hold its weights: the shards of TensorFlow.js bear names of their own. */
function withWeights(model: string): vscode.RelativePattern[] {
  const file = vscode.Uri.file(model);
  const shards = new vscode.RelativePattern(vscode.Uri.file(path.dirname(model)), '*.bin');
  return model.endsWith('.json') ? [inFolderOf(file), shards] : [inFolderOf(file, '*')];
}

/** The name with its external data beside it (`name.onnx.data`), or only the file itself. */
function inFolderOf(file: vscode.Uri, ending = ''): vscode.RelativePattern {
  const name = path.basename(file.fsPath).replace(/[[\]{}*?]/g, '?');
  return new vscode.RelativePattern(vscode.Uri.file(path.dirname(file.fsPath)), `${name}${ending}`);
}

function exists(file: vscode.Uri): Thenable<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
