import * as vscode from 'vscode';
import * as core from './core/refused.ts';
import type { Refused } from './state.ts';

/** What a person is told of an error, in the editor's language. */
export function refusedBy(error: unknown, quiet: boolean): Refused {
  return core.refusedBy(error, quiet, vscode.l10n.t);
}
