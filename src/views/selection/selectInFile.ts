import * as vscode from 'vscode';
import { textFile } from '../../session/content.ts';
import type { SessionState } from '../../session/state.ts';
import { sayBriefly } from '../../session/surfaces/message.ts';
import { columnFor } from '../columns.ts';
import { type CellSelection, textOf } from './cellSelection.ts';
import { standingIn } from './standing.ts';

/** Shows some steps and features in the data file's editor, beside the panel, without taking the focus from it. */
export async function selectInFile(state: SessionState, selection: CellSelection): Promise<void> {
  const { explanation } = state;
  const file = textFile(state);
  const hasRow = explanation?.instance.lines.subarray(selection.from, selection.to).some((line) => line > 0);
  if (!file || !hasRow) {
    return say(
      selection.to - selection.from === 1
        ? vscode.l10n.t(
            'Step {0} has no row in the file: it is padding, or the file has no rows.',
            selection.from,
          )
        : vscode.l10n.t('These steps have no rows in the file: they are padding, or the file has no rows.'),
    );
  }
  try {
    const editor = await vscode.window.showTextDocument(file, {
      preserveFocus: true,
      preview: true,
      viewColumn: columnFor(file),
    });
    const selections = textOf(selection, standingIn(state, editor.document)!).map(
      ({ start, end }) => new vscode.Selection(end.line, end.character, start.line, start.character),
    );
    if (selections.length === 0) return;
    editor.selections = selections;
    editor.revealRange(selections[0]!, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } catch (error) {
    say(vscode.l10n.t('VS Code cannot show the file as text: {0}', (error as Error).message));
  }
}

function say(sentence: string): void {
  sayBriefly(sentence, 5000);
}
