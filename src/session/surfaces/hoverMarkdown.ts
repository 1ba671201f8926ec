import * as vscode from 'vscode';
import type { Markdown } from '../../surfaces/markdown.ts';

/** Markdown as the editor takes it: no HTML, no icons, no commands but those named. */
export function hoverMarkdown(
  { text }: Markdown,
  enabledCommands: readonly string[] = [],
): vscode.MarkdownString {
  const made = new vscode.MarkdownString(text, false);
  made.isTrusted = enabledCommands.length > 0 && { enabledCommands };
  made.supportHtml = false;
  return made;
}
