import * as vscode from 'vscode';

const key = 'sample.greet';

/** The next window on this folder shows what there is to try, once. */
export async function greetNext(state: vscode.Memento, folder: vscode.Uri): Promise<void> {
  await state.update(key, folder.toString());
}

/** Shows the README of the sample in the window that was opened for it. */
export async function greetSample(state: vscode.Memento): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder || state.get(key) !== folder.toString()) return;
  await state.update(key, undefined);
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder, 'README.md'));
}
