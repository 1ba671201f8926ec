import * as path from 'node:path';
import * as vscode from 'vscode';
import { writeAtomically } from '../../files/atomicFile.ts';
import { findProject, projectFileName } from '../../project/project.ts';
import { Refusal } from '../../refusal.ts';
import { projectRoot } from '../linkedScript.ts';

/** What an attribution.json said before and says now; null: it was not there. */
export interface ProjectEdit {
  readonly target: vscode.Uri;
  readonly before: string | null;
  readonly after: string;
}

/** The attribution.json that applies to a data file, or that is to be made for it. @throws Refusal `project-write` */
export async function projectFor(file: vscode.Uri): Promise<{ target: vscode.Uri; exists: boolean }> {
  const root = projectRoot(file);
  if (root === undefined) {
    throw new Refusal(
      'project-write',
      vscode.l10n.t('The file is not on a disk, so there is no attribution.json to write beside it.'),
    );
  }
  const found = await findProject(file.fsPath, root);
  const made = path.join(path.dirname(file.fsPath), projectFileName);
  return { target: vscode.Uri.file(found ?? made), exists: found !== undefined };
}

/** The text of an attribution.json as the editor has it, or as it lies on the disk. */
export async function projectText(target: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(target)).getText();
}

/**
 * Writes an attribution.json in one step that the editor's Undo takes back.
 * @param change from the text that stands there, '' where there is none
 * @throws Refusal `project-write`, and what `change` throws
 */
export async function editProject(file: vscode.Uri, change: (text: string) => string): Promise<ProjectEdit> {
  const { target, exists } = await projectFor(file);
  if (!exists) {
    const after = change('');
    await writeAtomically(target.fsPath, after);
    return { target, before: null, after };
  }
  const before = await projectText(target);
  const after = change(before);
  await replaceText(target, after);
  return { target, before, after };
}

/** @returns false where the file says something else by now, and is left alone */
export async function undoEdit({ target, before, after }: ProjectEdit): Promise<boolean> {
  if ((await projectText(target)) !== after) return false;
  if (before === null) await vscode.workspace.fs.delete(target, { useTrash: false });
  else await replaceText(target, before);
  return true;
}

async function replaceText(target: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(target);
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(target, document.validateRange(whole), text);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
    throw new Refusal('project-write', vscode.l10n.t('{0} cannot be written.', projectFileName));
  }
}
