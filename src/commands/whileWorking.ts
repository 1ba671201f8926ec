import * as vscode from 'vscode';
import type { CallOptions } from '../engine/client.ts';
import { Refusal } from '../refusal.ts';
import { withProgress } from '../session/surfaces/progress.ts';

/** Shows that something is going on, with a Cancel that works. @throws Refusal `cancelled` */
export function whileWorking<R>(title: string, work: (options: CallOptions) => Promise<R>): Thenable<R> {
  const location = vscode.ProgressLocation.Notification;
  return withProgress({ location, title, cancellable: true }, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort(new Refusal('cancelled', vscode.l10n.t('Cancelled.'))));
    return work({ signal: abort.signal, report: (_, message) => progress.report({ message }) });
  });
}
