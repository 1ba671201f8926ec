import * as vscode from 'vscode';
import { evaluationJson } from '../export/evaluationJson.ts';
import type { EvaluationScope } from '../session/evaluationView.ts';
import { sayError } from '../session/surfaces/message.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import { jsonText } from '../surfaces/json.ts';
import { offerLog } from '../views/offerLog.ts';
import type { CommandContext } from './context.ts';
import { explainFile } from './explainFile.ts';
import { saveAs } from './saveAs.ts';

/** Judges the map being looked at, on the whole file or one instance; a file given by a menu is looked at first. */
export async function evaluateMap(
  context: CommandContext,
  scope: EvaluationScope,
  given?: vscode.Uri,
): Promise<void> {
  const { session, evaluations, panel, log } = context;
  if (
    given instanceof vscode.Uri ? given.toString() !== session.state.file?.toString() : !session.state.file
  ) {
    await explainFile(context, given);
  }
  if (session.state.activity.kind === 'refused' && !session.state.explanation) return;
  panel.bring('evaluation');
  const title = vscode.l10n.t('Evaluating the map');
  const location = vscode.ProgressLocation.Notification;
  await withProgress({ location, title, cancellable: true }, async (progress, token) => {
    token.onCancellationRequested(() => evaluations.cancel());
    let reported = 0;
    await evaluations.run(scope, (share, what) => {
      progress.report({ message: what, increment: 100 * Math.max(0, share - reported) });
      reported = Math.max(reported, share);
    });
  });
  const { activity } = evaluations.view;
  if (activity.kind === 'refused') void offerLog(log, activity.sentence);
}

/** Writes the evaluation as JSON. */
export async function exportEvaluation(
  { evaluations, session }: CommandContext,
  given?: vscode.Uri,
): Promise<void> {
  const { evaluation } = evaluations.view;
  if (!evaluation || !session.state.file) {
    void sayError(vscode.l10n.t('There is no evaluation yet: run Evaluate This Map first.'));
    return;
  }
  const json = new TextEncoder().encode(`${jsonText(evaluationJson(evaluation), 2)}\n`);
  await saveAs(json, given, session.state.file, '.evaluation.json', { JSON: ['json'] });
}
