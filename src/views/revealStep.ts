import * as vscode from 'vscode';
import type { SessionState } from '../session/state.ts';
import { sayBriefly } from '../session/surfaces/message.ts';
import { columnFor } from './columns.ts';

/** Shows the row of a step in the data file's editor, beside the panel, without taking the focus from it. */
export async function revealStep({ file, explanation }: SessionState, step: number): Promise<void> {
  const line = explanation?.instance.lines[step] ?? 0;
  if (!file || line === 0) {
    return say(
      vscode.l10n.t('Step {0} has no row in the file: it is padding, or the file has no rows.', step),
    );
  }
  try {
    await vscode.window.showTextDocument(file, {
      preserveFocus: true,
      preview: true,
      selection: new vscode.Range(line - 1, 0, line - 1, 0),
      viewColumn: columnFor(file),
    });
  } catch (error) {
    say(vscode.l10n.t('VS Code cannot show the file as text: {0}', (error as Error).message));
  }
}

function say(sentence: string): void {
  sayBriefly(sentence, 5000);
}
