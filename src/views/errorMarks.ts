import * as vscode from 'vscode';
import type { SourcePlace } from '../refusal.ts';
import { pathOf } from '../session/content.ts';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/state.ts';
import { errorMark } from '../session/surfaces/besideLines.ts';
import { cellRanges } from './inline/cellRanges.ts';

/** Marks the line of a linked script that failed, or the cell of a table that cannot be read, until a run gets through or another file is looked at. */
export function markErrors(session: Session): vscode.Disposable {
  const marks = vscode.languages.createDiagnosticCollection('attribution');
  let shown: unknown;
  const update = ({ activity, file }: SessionState) => {
    if (activity.kind === 'busy' || activity === shown) return;
    shown = activity;
    marks.clear();
    if (activity.kind === 'refused' && activity.place && file) {
      const { place } = activity;
      // A file of a virtual file system is known by its path only.
      const uri = place.file === pathOf(file) ? file : vscode.Uri.file(place.file);
      marks.set(uri, [errorMark(rangeOf(uri, place), place.message)]);
    }
  };
  return vscode.Disposable.from(marks, session.onDidChange(update));
}

function rangeOf(file: vscode.Uri, { line: oneBased, cell }: SourcePlace): vscode.Range {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  const line = oneBased - 1;
  const text = document && line < document.lineCount ? document.lineAt(line) : undefined;
  if (!text) return new vscode.Range(line, 0, line, 1000);
  const place =
    cell && cell.delimiter !== ' ' ? cellRanges(text.text, cell.delimiter)[cell.column] : undefined;
  return place && place.to > place.from
    ? new vscode.Range(line, place.from, line, place.to)
    : new vscode.Range(line, text.firstNonWhitespaceCharacterIndex, line, text.range.end.character);
}
