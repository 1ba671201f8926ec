import type * as vscode from 'vscode';
import type { SessionState } from '../../session/state.ts';
import type { CellStanding } from './cellSelection.ts';

/** How the instance being looked at stands in a document; undefined while there is none. */
export function standingIn(
  { explanation, data }: SessionState,
  document: vscode.TextDocument,
): CellStanding | undefined {
  if (!explanation) return undefined;
  const cells = data?.cells && { ...data.cells, names: data.features };
  return {
    lines: explanation.instance.lines,
    features: explanation.signals.features,
    ...(cells && { cells }),
    text: (line) => (line < document.lineCount ? document.lineAt(line).text : ''),
  };
}
