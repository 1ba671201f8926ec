import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InlineDecorations } from '../../../src/views/inline/inline.ts';
import { closeAll } from './editor.ts';
import { lens, pictureOf, run } from './lens.ts';

/** Opens a file in the editor. */
export async function opened(file: string, column = vscode.ViewColumn.One): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: column, preview: false });
}

/** What the editors of a file show, once it is what is waited for. */
export async function shown(
  file: string,
  wanted: (editors: readonly InlineDecorations[]) => boolean,
  what: string,
): Promise<readonly InlineDecorations[]> {
  const { inline } = await lens();
  const uri = vscode.Uri.file(file);
  for (let waited = 0; ; waited += 20) {
    const editors = inline.decorations(uri);
    if (wanted(editors)) return editors;
    assert.ok(waited < 15_000, `not reached: ${what}; there is ${JSON.stringify(editors).slice(0, 600)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const isFresh = ([editor]: readonly InlineDecorations[]) => editor !== undefined && !editor.stale;
export const hasRows = ([editor]: readonly InlineDecorations[]) => (editor?.rows.length ?? 0) > 0;
export const linesOf = (editor: InlineDecorations) =>
  editor.rows.map(({ line }) => line).sort((a, b) => a - b);

/** 0-based lines on which the rows with heat must stand: straight from the explanation. */
export async function expectedLines(): Promise<number[]> {
  const { session } = await lens();
  const { instance, map } = pictureOf(session.state);
  return [...instance.lines].flatMap((line, t) => {
    const values = Array.from({ length: map.rows }, (_, row) => map.values[row * map.columns + t]!);
    const mean = values.reduce((sum, value) => sum + value, 0);
    return line > 0 && mean !== 0 ? [line - 1] : [];
  });
}

export async function hoverAt(
  file: string,
  line: number,
  character: number,
): Promise<vscode.MarkdownString[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    vscode.Uri.file(file),
    new vscode.Position(line, character),
  );
  return hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
}

/** Rows are marked before each test; text and setting are as they were after it. */
export function withRows(): void {
  beforeEach(() => run('toggleInline', 'rows'));
  afterEach(closeAll);
  after(() =>
    vscode.workspace
      .getConfiguration('attribution')
      .update('inline', undefined, vscode.ConfigurationTarget.Global),
  );
}
