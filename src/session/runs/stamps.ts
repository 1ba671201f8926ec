import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { readSmall } from '../../files/readSmall.ts';
import { findProject, readProject } from '../../project/project.ts';
import { contentOf, documentOf } from '../content.ts';
import { unsaved } from './makeRun.ts';

/** Larger files are told apart by time and size: reading them again would take longer than explaining them. */
const largestHashed = 32 * 2 ** 20;
const LARGEST_SCRIPT = 2 ** 24;

/** What the data file held: its hash, or a word for edits nobody has saved. */
export async function contentStamp(file: vscode.Uri): Promise<string> {
  if (documentOf(file)?.isDirty) return unsaved;
  if (file.scheme !== 'file') return `sha256:${hash((await contentOf(file)) ?? '')}`;
  const found = await stat(file.fsPath);
  const { size, mtimeMs } = found;
  if (size > largestHashed || !found.isFile()) return `changed:${mtimeMs}:${size}`;
  const sum = createHash('sha256');
  const bytes = await readSmall(file.fsPath, largestHashed);
  sum.update(bytes);
  return `sha256:${sum.digest('hex')}`;
}

/** Hash of what attribution.json does to the data: its steps, or the text of its script; null without a project. */
export async function preprocessHash(file: vscode.Uri): Promise<string | null> {
  if (file.scheme !== 'file') return null;
  const within = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath ?? path.dirname(file.fsPath);
  const found = await findProject(file.fsPath, within);
  if (found === undefined) return null;
  const { preprocess, script, data } = await readProject(found, { within });
  const text = script === undefined ? null : hash(await readSmall(script, LARGEST_SCRIPT));
  return hash(JSON.stringify([preprocess, data, text]));
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
