import * as vscode from 'vscode';
import type { AuditScope } from '../session/auditView.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import { offerLog } from '../views/offerLog.ts';
import type { CommandContext } from './context.ts';
import { explainFile } from './explainFile.ts';

/** Audits the padding of the file (or the instance) being looked at; a file given by a menu is looked at first. */
export async function auditPadding(
  context: CommandContext,
  scope: AuditScope,
  given?: vscode.Uri,
): Promise<void> {
  const { session, audits, panel, log } = context;
  if (
    given instanceof vscode.Uri ? given.toString() !== session.state.file?.toString() : !session.state.file
  ) {
    await explainFile(context, given);
  }
  if (session.state.activity.kind === 'refused' && !session.state.explanation) return;
  panel.bring('audit');
  const title = vscode.l10n.t('Auditing padding');
  const location = vscode.ProgressLocation.Notification;
  await withProgress({ location, title, cancellable: true }, async (progress, token) => {
    token.onCancellationRequested(() => audits.cancel());
    let reported = 0;
    await audits.run(scope, (share, what) => {
      progress.report({ message: what, increment: 100 * Math.max(0, share - reported) });
      reported = Math.max(reported, share);
    });
  });
  const { activity } = audits.view;
  if (activity.kind === 'refused') void offerLog(log, activity.sentence);
}
