import * as vscode from 'vscode';
import { logLines, logText } from '../../surfaces/editorText.ts';

/** The extension's output channel. What comes from files and child processes is one line each. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Attribution Lens', { log: true });

  info(line: string): void {
    this.#channel.info(logText(line));
  }

  warn(line: string): void {
    this.#channel.warn(logText(line));
  }

  /** A mistake of ours, with its stack. */
  error(error: unknown): void {
    this.#channel.error(logLines(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
