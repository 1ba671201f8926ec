import * as vscode from 'vscode';
import { diagnosticText, lensText, tooltipText } from '../../surfaces/editorText.ts';

/** A code lens above a line (0-based). */
export function lensAbove(line: number, command: vscode.Command): vscode.CodeLens {
  const { title, tooltip } = command;
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
    ...command,
    title: lensText(title),
    tooltip: tooltip && tooltipText(tooltip),
  });
}

/** Text that is drawn behind a place and is no part of the document. */
export function textBehind(at: vscode.Position, text: string, margin: string): vscode.DecorationOptions {
  return {
    range: new vscode.Range(at, at),
    renderOptions: { after: { contentText: lensText(text), margin } },
  };
}

/** An error under a range of a file, with a message that is made harmless. */
export function errorMark(range: vscode.Range, message: string): vscode.Diagnostic {
  const found = new vscode.Diagnostic(range, diagnosticText(message), vscode.DiagnosticSeverity.Error);
  found.source = 'Attribution Lens';
  return found;
}
