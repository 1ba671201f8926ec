import * as vscode from 'vscode';
import { Refusal } from '../../refusal.ts';
import { textFile } from '../../session/content.ts';
import type { Session } from '../../session/session.ts';
import { sayBriefly } from '../../session/surfaces/message.ts';
import { columnFor } from '../columns.ts';
import { changedRows } from '../selection/changedRows.ts';
import { standingIn } from '../selection/standing.ts';
import type { WhatIf } from './whatIf.ts';

/** Opens the changed series as a new text that is not saved: the file stays as it is. @throws Refusal */
export async function whatIfRows({ state }: Session, { view }: WhatIf): Promise<void> {
  const { explanation, data } = state;
  const file = textFile(state);
  if (!file || !explanation || !view.explanation) return;
  const document = await vscode.workspace.openTextDocument(file).then(undefined, () => undefined);
  const standing = document && standingIn(state, document);
  if (!standing) throw new Refusal('rows-wanted', vscode.l10n.t('VS Code cannot show the file as text.'));
  const { header = [], decimal = '.' } = data?.plan.table ?? {};
  const { text, cells, beside } = changedRows(explanation, view.explanation, standing, header, decimal);
  const made = await vscode.workspace.openTextDocument({ content: text, language: document.languageId });
  await vscode.window.showTextDocument(made, { viewColumn: columnFor(file), preview: false });
  const more = beside > 0 ? vscode.l10n.t('; {0} changes lie on padding and have no row', beside) : '';
  sayBriefly(
    vscode.l10n.t('{0} cells are changed in this copy{1}. Nothing is saved yet.', cells, more),
    8000,
  );
}
