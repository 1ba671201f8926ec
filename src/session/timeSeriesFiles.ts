import * as vscode from 'vscode';
import { Debounce } from './core/debounce.ts';
import { isTimeSeriesFile } from './dataFiles.ts';

/** Read in menus' when-clauses: `resourcePath in attribution.timeSeriesFiles`. */
const contextKey = 'attribution.timeSeriesFiles';
/** In a large TypeScript workspace nobody wants thousands of files opened for a menu. */
const most = 300;
const leftOut = '**/{node_modules,.git,dist,out,build}/**';
const inLeftOut = /\/(node_modules|\.git|dist|out|build)\//;
/** Files often come many at a time. */
const settleMs = 200;

/** Keeps the list of `.ts` files that are time series, so that menus leave TypeScript alone. */
export class TimeSeriesFiles implements vscode.Disposable {
  readonly #known = new Set<string>();
  /** Files that have come and have not been looked at. */
  readonly #come = new Map<string, vscode.Uri>();
  readonly #settled = new Debounce(settleMs, () => this.#lookAtThoseThatCame());
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.ts', false, true, false);
    this.#subscriptions = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate((file) => this.#came(file)),
      watcher.onDidDelete((file) => this.#gone(file)),
      this.#settled,
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#look(editor?.document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#look(document)),
    );
    this.#look(vscode.window.activeTextEditor?.document);
  }

  get known(): ReadonlySet<string> {
    return this.#known;
  }

  /** One bounded search through the workspace. */
  async scan(): Promise<void> {
    for (const file of await vscode.workspace.findFiles('**/*.ts', leftOut, most)) {
      if (await isTimeSeriesFile(file)) {
        this.#known.add(file.fsPath);
      }
    }
    await this.#publish();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #look(document: vscode.TextDocument | undefined): Promise<void> {
    if (!document || !/\.ts$/i.test(document.uri.path)) {
      return;
    }
    if (await this.#judge(document.uri)) await this.#publish();
  }

  #came(file: vscode.Uri): void {
    if (this.#come.size >= most || inLeftOut.test(file.path)) return;
    this.#come.set(file.fsPath, file);
    this.#settled.trigger();
  }

  async #lookAtThoseThatCame(): Promise<void> {
    const files = [...this.#come.values()];
    this.#come.clear();
    let changed = false;
    for (const file of files) changed = (await this.#judge(file)) || changed;
    if (changed) await this.#publish();
  }

  #gone({ fsPath }: vscode.Uri): void {
    if (this.#known.delete(fsPath)) void this.#publish();
  }

  /** @returns whether it is something else than it was */
  async #judge(file: vscode.Uri): Promise<boolean> {
    const is = await isTimeSeriesFile(file);
    if (is === this.#known.has(file.fsPath)) return false;
    this.#known[is ? 'add' : 'delete'](file.fsPath);
    return true;
  }

  #publish(): Thenable<unknown> {
    return vscode.commands.executeCommand('setContext', contextKey, [...this.#known]);
  }
}
