import * as path from 'node:path';
import * as vscode from 'vscode';
import { findProject, readProject } from '../project/project.ts';

export interface ProjectOf {
  /** Absolute path of the attribution.json. */
  readonly path: string;
  /** Absolute path of the model it names. */
  readonly model?: string;
  /** Absolute path of the script that prepares the data. */
  readonly script?: string;
  /** Says step by step how the data are prepared. */
  readonly prepares: boolean;
}

/** The nearest attribution.json above a data file, no higher than its workspace folder. @throws Refusal when it is broken */
export async function projectOf(file: vscode.Uri): Promise<ProjectOf | undefined> {
  if (file.scheme !== 'file') {
    return undefined;
  }
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath ?? path.dirname(file.fsPath);
  const found = await findProject(file.fsPath, folder);
  if (found === undefined) return undefined;
  const { model, script, preprocess } = await readProject(found, { within: folder });
  return { path: found, model, script, prepares: preprocess.length > 0 };
}
