import * as path from 'node:path';
import * as vscode from 'vscode';
import { findProject, readProject } from '../project/project.ts';

/** The folder no attribution.json is looked for above; a file of a virtual file system has none. */
export function projectRoot(file: vscode.Uri): string | undefined {
  if (file.scheme !== 'file') return undefined;
  return vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath ?? path.dirname(file.fsPath);
}

/** Path of the nearest attribution.json above a file, no higher than its workspace folder. */
export async function projectFor(file: vscode.Uri): Promise<string | undefined> {
  const within = projectRoot(file);
  return within && findProject(file.fsPath, within);
}

/** The script that the nearest attribution.json above a file links, whether or not a file is being looked at. @throws Refusal when it is broken */
export async function linkedScript(file: vscode.Uri): Promise<string | undefined> {
  const found = await projectFor(file);
  return found ? (await readProject(found, { within: projectRoot(file) })).script : undefined;
}
