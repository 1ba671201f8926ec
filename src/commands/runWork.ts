import * as vscode from 'vscode';
import { withProgress } from '../session/surfaces/progress.ts';
import { type RepairWish, WORKS, type WorkId } from '../session/works.ts';
import type { WorkScope } from '../session/workView.ts';
import { offerLog } from '../views/offerLog.ts';
import type { CommandContext } from './context.ts';
import { explainFile } from './explainFile.ts';

/** Long work about the file (or the instance) being looked at; a file given by a menu is looked at first. */
export async function runWork(
  context: CommandContext,
  id: WorkId,
  scope: WorkScope,
  given?: vscode.Uri,
  front = true,
  repair: RepairWish = {},
): Promise<void> {
  const { file } = context.session.state;
  const isOther = given instanceof vscode.Uri ? given.toString() !== file?.toString() : !file;
  const there = (isOther && (await explainFile(context, given))) || context;
  const { session, panel, works, log } = there;
  const work = works[id];
  if (session.state.activity.kind === 'refused' && !session.state.explanation) return;
  if (front) panel.bring(id);
  const title = vscode.l10n.t(WORKS[id].title);
  const location = vscode.ProgressLocation.Notification;
  await withProgress({ location, title, cancellable: true }, async (progress, token) => {
    token.onCancellationRequested(() => work.cancel());
    let reported = 0;
    await work.run(
      scope,
      (share, what) => {
        progress.report({ message: what, increment: 100 * Math.max(0, share - reported) });
        reported = Math.max(reported, share);
      },
      repair,
    );
  });
  const { activity } = work.view;
  if (activity.kind === 'refused' && !activity.cancelled) void offerLog(log, activity.sentence);
}
