import * as vscode from 'vscode';
import { methodNamed } from '../attribution/methods.ts';
import { Refusal } from '../refusal.ts';
import { logged } from '../session/core/refused.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import { offerLog } from '../views/offerLog.ts';
import type { CommandContext } from './context.ts';
import { openedModel } from './opened.ts';

/** Shows the map of every class side by side, on one scale; the selection stays. */
export async function everyClass(context: CommandContext): Promise<void> {
  const { session, panel, log } = context;
  if (!(await openedModel(context))) return;
  const shown = session.state.explanation;
  const title = shown?.prediction.values
    ? vscode.l10n.t('Explaining every output')
    : vscode.l10n.t('Explaining every class');
  const method = shown?.how.method;
  const isQuick = method !== undefined && methodNamed(method).isQuick;
  const quietly = vscode.ProgressLocation.Window;
  try {
    const { explanation } = await withProgress(
      { location: isQuick ? quietly : vscode.ProgressLocation.Notification, title, cancellable: !isQuick },
      (progress, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() =>
          abort.abort(new Refusal('cancelled', vscode.l10n.t('Cancelled; run again to see the map.'))),
        );
        const report = (_: number, message: string) => progress.report({ message });
        return session.beside({}, { everyClass: true, signal: abort.signal, report });
      },
    );
    panel.showClasses(explanation);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    logged(log, error);
    if (error.code !== 'cancelled') void offerLog(log, error.message);
  }
}
