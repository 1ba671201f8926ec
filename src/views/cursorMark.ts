import * as vscode from 'vscode';
import { textFile } from '../session/content.ts';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/state.ts';
import type { Panel } from './panel/panel.ts';
import { cellsOf } from './selection/cellSelection.ts';
import { standingIn } from './selection/standing.ts';

/** Marks in the panel the step whose row the editor's cursor is on, and all that is selected. */
export function markCursor(session: Session, panel: Panel): vscode.Disposable {
  const update = (editor: vscode.TextEditor | undefined) => {
    const file = textFile(session.state);
    if (editor && file && editor.document.uri.toString() === file.toString()) {
      const standing = standingIn(session.state, editor.document);
      panel.mark({
        step: stepAt(session.state, editor.selection.active.line + 1),
        cells: standing ? cellsOf(editor.selections, standing) : null,
      });
    }
  };
  const find = () =>
    vscode.window.visibleTextEditors.find(
      (editor) => editor.document.uri.toString() === textFile(session.state)?.toString(),
    );
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => update(textEditor)),
    session.onDidChange(() => update(find())),
  );
}

/** 0-based column of a 1-based line, null where the line is no step of this instance, or of all of them at once. */
function stepAt({ explanation }: SessionState, line: number): number | null {
  const lines = explanation?.instance.lines ?? new Int32Array();
  const step = lines.indexOf(line);
  return step >= 0 && step === lines.lastIndexOf(line) ? step : null;
}
