import * as vscode from 'vscode';
import { isTimeSeriesFile } from './dataFiles.ts';

/** Read in menus' when-clauses: `resourcePath in attribution.timeSeriesFiles`. */
const contextKey = 'attribution.timeSeriesFiles';
/** In a large TypeScript workspace nobody wants thousands of files opened for a menu. */
const most = 300;
const leftOut = '**/{node_modules,.git,dist,out,build}/**';

/** Keeps the list of `.ts` files that are time series, so that menus leave TypeScript alone. */
export class TimeSeriesFiles implements vscode.Disposable {
  readonly #known = new Set<string>();
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#look(editor?.document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#look(document)),
    );
    this.#look(vscode.window.activeTextEditor?.document);
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
    const { fsPath } = document.uri;
    const is = await isTimeSeriesFile(document.uri);
    if (is !== this.#known.has(fsPath)) {
      this.#known[is ? 'add' : 'delete'](fsPath);
      await this.#publish();
    }
  }

  #publish(): Thenable<unknown> {
    return vscode.commands.executeCommand('setContext', contextKey, [...this.#known]);
  }
}
