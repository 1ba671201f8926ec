import * as vscode from 'vscode';
import { columnFor } from '../views/columns.ts';

/** Larger files open slowly and VS Code gives extensions no text of them beyond 50 MB. */
const largestText = 5 * 2 ** 20;

/** Shows a text file so that the panel can stand beside it and its rows can be pointed at; others are left alone. */
export async function showBeside(file: vscode.Uri): Promise<void> {
  if (/\.(npz|npy|parquet|gz)$/i.test(file.path) || isShown(file)) {
    return;
  }
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size <= largestText) {
      await vscode.window.showTextDocument(file, {
        preview: true,
        preserveFocus: true,
        viewColumn: columnFor(file),
      });
    }
  } catch {
    // Not there or not text: the session says so in its own words.
  }
}

function isShown(file: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(
    (editor) => editor.document.uri.toString() === file.toString(),
  );
}
