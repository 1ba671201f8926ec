import * as vscode from 'vscode';

/** When something was, as people write it where this window's language is spoken. */
export function shortTime(at: number): string {
  return new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'medium' });
}
