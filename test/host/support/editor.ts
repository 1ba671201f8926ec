import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { holds } from './lens.ts';

/**
 * Gives a command to the text of a document until it has had its effect. The panel takes the focus when a file has been
 * explained, and with it what is meant for the text.
 */
export async function giveTo(
  document: vscode.TextDocument,
  command: string,
  effect: () => boolean,
): Promise<void> {
  for (const end = Date.now() + 20_000; !effect(); ) {
    assert.ok(Date.now() < end, `${command} had no effect on ${document.fileName}`);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand(command);
    await holds(effect, 1000);
  }
}

/** The text is again what the file says. */
export const revert = (document: vscode.TextDocument): Promise<void> =>
  giveTo(document, 'workbench.action.files.revert', () => !document.isDirty);

/** Closes everything; nothing asks whether it is to be saved. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) await revert(document);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
