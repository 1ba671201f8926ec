import * as vscode from 'vscode';
import { withProgress } from '../session/surfaces/progress.ts';
import { offerLog } from '../views/offerLog.ts';
import type { CommandContext } from './context.ts';
import { explainFile } from './explainFile.ts';

/** Explains every instance of the file being looked at; a file given by a menu is looked at first. */
export async function explainWholeFile(context: CommandContext, given?: vscode.Uri): Promise<void> {
  const { session, overviews, panel, log } = context;
  if (
    given instanceof vscode.Uri ? given.toString() !== session.state.file?.toString() : !session.state.file
  ) {
    await explainFile(context, given);
  }
  if (session.state.activity.kind === 'refused' && !session.state.explanation) return;
  panel.bring('dataset');
  const title = vscode.l10n.t('Explaining the whole file');
  const location = vscode.ProgressLocation.Notification;
  await withProgress({ location, title, cancellable: true }, async (progress, token) => {
    token.onCancellationRequested(() => overviews.cancel());
    let reported = 0;
    await overviews.run((share, what) => {
      progress.report({ message: what, increment: 100 * Math.max(0, share - reported) });
      reported = Math.max(reported, share);
    });
  });
  const { activity } = overviews.view;
  if (activity.kind === 'refused') void offerLog(log, activity.sentence);
}
