import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { readSmall } from '../../files/readSmall.ts';
import { contentOf, documentOf } from '../content.ts';
import { unsaved } from './makeRun.ts';

/** Larger files are told apart by time and size: reading them again would take longer than explaining them. */
const largestHashed = 32 * 2 ** 20;
const PART = 4 * 2 ** 20;

/** What the data file held: its hash, or a word for edits nobody has saved. */
export async function contentStamp(file: vscode.Uri): Promise<string> {
  if (documentOf(file)?.isDirty) return unsaved;
  if (file.scheme !== 'file') return `sha256:${await hash((await contentOf(file)) ?? new Uint8Array())}`;
  const found = await stat(file.fsPath);
  const { size, mtimeMs } = found;
  if (size > largestHashed || !found.isFile()) return `changed:${mtimeMs}:${size}`;
  return `sha256:${await hash(await readSmall(file.fsPath, largestHashed))}`;
}

/** In parts: the editor does not wait for all of it. */
async function hash(content: Uint8Array): Promise<string> {
  const sum = createHash('sha256');
  for (let at = 0; at < content.length; at += PART) {
    sum.update(content.subarray(at, at + PART));
    await setImmediate();
  }
  return sum.digest('hex');
}
