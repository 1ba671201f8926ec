import * as path from 'node:path';
import * as vscode from 'vscode';
import { ARCHITECTURES } from '../architectures/architectures.ts';
import { logged } from '../session/core/refused.ts';
import { isDataFile, isFolder } from '../session/dataFiles.ts';
import { refusedBy } from '../session/refusedBy.ts';
import { sayError, sayInfo } from '../session/surfaces/message.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import { sourceOf } from '../session/training.ts';
import type { TrainWish } from '../session/trainingView.ts';
import { offerLog } from '../views/offerLog.ts';
import { askForDataFile } from './askForDataFile.ts';
import { askTraining } from './askTraining.ts';
import type { CommandContext } from './context.ts';
import { fileInFront, notData } from './explainFile.ts';
import { keepTrained } from './keepTrained.ts';

/**
 * Trains a new classifier on a labelled file, shows its learning curve, and offers to keep it.
 * @param wish without it lists ask; menus give something else there
 * @param keep where the model goes; without it a dialog asks
 */
export async function trainFile(
  context: CommandContext,
  given?: vscode.Uri,
  wish?: TrainWish | object,
  keep?: { readonly target: vscode.Uri; readonly settings: 'write' | 'replace' | 'none' },
): Promise<void> {
  const { lab, training, panel, session, log } = context;
  const t = vscode.l10n.t;
  if (!vscode.workspace.isTrusted) {
    void sayError(t('Models are not trained before you trust this workspace.'));
    return;
  }
  if (lab.busy !== undefined) {
    void sayInfo(lab.busy);
    return;
  }
  const named = given instanceof vscode.Uri ? given : (fileInFront() ?? session.state.file);
  const file =
    named ??
    (await askForDataFile(t('Train a Model on This File…'), t('Which data file is to be learnt from?')));
  if (!file) return;
  if (!(await isFolder(file)) && !(await isDataFile(file))) {
    void sayError(notData(file));
    return;
  }
  const isChosen = wish && 'architecture' in wish;
  const cannot = isChosen ? null : await whyNotLearnt(context, file);
  if (cannot !== null) {
    void offerLog(log, cannot);
    return;
  }
  const wanted = isChosen ? wish : await askTraining();
  if (!wanted) return;
  const title = t('{0} on {1}', ARCHITECTURES[wanted.architecture].title, path.basename(file.fsPath));
  const running = withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => training.cancel());
      let reported = 0;
      await training.run(file, wanted, (share, what) => {
        progress.report({ message: what, increment: 100 * Math.max(0, share - reported) });
        reported = Math.max(reported, share);
      });
    },
  );
  panel.bring('training');
  await running;
  const { activity, report } = training.view;
  if (activity.kind === 'refused') void offerLog(log, activity.sentence);
  // Its weights are what it began with: nothing to keep without being asked.
  else if (report && report.best >= 0) await keepTrained(context, keep?.target, keep?.settings);
}

/** Why nothing can be learnt from a file, before a person has chosen how; null where its labels do not tell. */
async function whyNotLearnt({ engine, log }: CommandContext, file: vscode.Uri): Promise<string | null> {
  const title = vscode.l10n.t('Reading {0}', path.basename(file.fsPath));
  try {
    const source = await sourceOf(file);
    await withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      engine.call('learnable', source),
    );
    return null;
  } catch (error) {
    logged(log, error);
    return refusedBy(error, false).sentence;
  }
}
