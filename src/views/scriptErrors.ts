import * as vscode from 'vscode';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/state.ts';
import { errorMark } from '../session/surfaces/besideLines.ts';

/** Marks the line of a linked script that failed, until a run gets through or another file is looked at. */
export function markScriptErrors(session: Session): vscode.Disposable {
  const marks = vscode.languages.createDiagnosticCollection('attribution');
  let shown: unknown;
  const update = ({ activity, file }: SessionState) => {
    if (activity.kind === 'busy' || activity === shown) return;
    shown = activity;
    marks.clear();
    if (activity.kind === 'refused' && activity.place && file) {
      const uri = vscode.Uri.file(activity.place.file);
      marks.set(uri, [diagnostic(uri, activity.place)]);
    }
  };
  return vscode.Disposable.from(marks, session.onDidChange(update));
}

function diagnostic(file: vscode.Uri, place: { line: number; message: string }): vscode.Diagnostic {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  const line = place.line - 1;
  const text = document && line < document.lineCount ? document.lineAt(line) : undefined;
  const range = text
    ? new vscode.Range(line, text.firstNonWhitespaceCharacterIndex, line, text.range.end.character)
    : new vscode.Range(line, 0, line, 1000);
  return errorMark(range, place.message);
}
