import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { readSmall } from '../../files/readSmall.ts';
import { contentOf, documentOf } from '../content.ts';
import { unsaved } from './makeRun.ts';

/** Larger files are told apart by time and size: reading them again would take longer than explaining them. */
const largestHashed = 32 * 2 ** 20;

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

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
