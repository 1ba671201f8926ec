import * as path from 'node:path';
import * as vscode from 'vscode';
import { sayError, sayInfo } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { greetNext } from './greetSample.ts';

const folderName = 'attribution-lens-sample';
/** How the sample is made is for the repository, not for the reader. */
const leftOut = new Set(['make']);

/**
 * Copies the sample workspace to a folder and opens it there: the installed one must stay as it is.
 * @param parent folder the copy goes into; without it the person is asked, and may leave the choice to us.
 * @param open false: the copy is made and not opened.
 */
export async function openSample(
  { extension, storage, everywhere }: CommandContext,
  parent?: string,
  open = true,
): Promise<void> {
  const folder = parent === undefined ? await askFolder(storage) : vscode.Uri.file(parent);
  if (!folder) {
    return;
  }
  const copy = vscode.Uri.joinPath(folder, folderName);
  try {
    await copyNew(vscode.Uri.joinPath(extension, 'media', 'sample'), copy);
  } catch (error) {
    void sayError(
      vscode.l10n.t('The sample cannot be copied to {0}: {1}', copy.fsPath, (error as Error).message),
    );
    return;
  }
  if (open) {
    await greetNext(everywhere, copy);
    await vscode.commands.executeCommand('vscode.openFolder', copy, { forceNewWindow: hasWork() });
  }
}

async function askFolder(storage: vscode.Uri): Promise<vscode.Uri | undefined> {
  const own = vscode.l10n.t('Open');
  const choose = vscode.l10n.t('Choose a Folder…');
  const answer = await sayInfo(
    vscode.l10n.t("Open the sample from the extension's own storage, or copy it to a folder of yours?"),
    own,
    choose,
  );
  if (answer === own) {
    return storage;
  }
  const picked =
    answer === choose
      ? await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false })
      : [];
  return picked?.[0];
}

/** Files that are there already stay: they may have been edited. */
async function copyNew(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.createDirectory(to);
  for (const [name, type] of await vscode.workspace.fs.readDirectory(from)) {
    const source = vscode.Uri.joinPath(from, name);
    const target = vscode.Uri.joinPath(to, name);
    if (type === vscode.FileType.Directory && !leftOut.has(path.basename(name))) {
      await copyNew(source, target);
    } else if (type === vscode.FileType.File && !(await exists(target))) {
      await vscode.workspace.fs.copy(source, target);
    }
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

function hasWork(): boolean {
  return vscode.workspace.workspaceFolders !== undefined;
}
