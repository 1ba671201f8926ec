import * as vscode from 'vscode';
import { statusText, tooltipText } from '../../surfaces/editorText.ts';

/** What an item of the status bar looks like. */
export interface Face {
  /** Codicon, e.g. `sync~spin`. */
  readonly icon: string;
  readonly text: string;
  /** Codicon behind the text. */
  readonly mark?: string;
  readonly tooltip: string | vscode.MarkdownString;
  readonly command: string;
  readonly backgroundColor?: vscode.ThemeColor;
}

/** An item of the status bar. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor(id: string, name: string, priority: number) {
    this.#item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Right, priority);
    this.#item.name = name;
  }

  show({ icon, text, mark, tooltip, command, backgroundColor }: Face): void {
    this.#item.text = `$(${icon}) ${statusText(text)}${mark ? ` $(${mark})` : ''}`;
    this.#item.tooltip = typeof tooltip === 'string' ? tooltipText(tooltip) : tooltip;
    this.#item.command = command;
    this.#item.backgroundColor = backgroundColor;
    this.#item.show();
  }

  hide(): void {
    this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
