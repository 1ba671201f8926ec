import * as vscode from 'vscode';
import { hoverMarkdown } from '../../session/surfaces/hoverMarkdown.ts';
import { hoverText, type Staleness, singleLineText } from './hoverText.ts';
import type { Picture } from './picture.ts';

/** What a row of the shown instance says when it is pointed at; null elsewhere. */
export function rowHover(
  picture: Picture,
  document: vscode.TextDocument,
  position: vscode.Position,
  stale: Staleness,
): vscode.Hover | null {
  const row = picture.rows.at(position.line);
  if (!row) return null;
  const { text, range } = document.lineAt(position.line);
  if (picture.isSingleLine)
    return new vscode.Hover(hoverMarkdown(singleLineText(picture.heat, vscode.l10n.t)), range);
  const feature = picture.featureAt(text, position.character);
  const isLast = position.line === picture.rows.last;
  const place = { step: row.step, feature, isLast };
  return new vscode.Hover(hoverMarkdown(hoverText(picture.heat, place, stale, vscode.l10n.t)));
}
