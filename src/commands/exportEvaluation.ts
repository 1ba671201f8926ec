import * as vscode from 'vscode';
import { evaluationJson } from '../export/evaluationJson.ts';
import { sayError } from '../session/surfaces/message.ts';
import { jsonText } from '../surfaces/json.ts';
import type { CommandContext } from './context.ts';
import { saveAs } from './saveAs.ts';

/** Writes the evaluation as JSON. */
export async function exportEvaluation(
  { works, session }: CommandContext,
  given?: vscode.Uri,
): Promise<void> {
  const { result: evaluation } = works.evaluation.view;
  if (!evaluation || !session.state.file) {
    void sayError(vscode.l10n.t('There is no evaluation yet: run Evaluate This Map first.'));
    return;
  }
  const json = new TextEncoder().encode(`${jsonText(evaluationJson(evaluation), 2)}\n`);
  await saveAs(json, given, session.state.file, '.evaluation.json', { JSON: ['json'] });
}
