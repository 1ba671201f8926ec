import { lstat, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import picomatch from 'picomatch';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import { type FolderFiles, findFiles } from './findFiles.ts';
import { endingOf, ofOneKind } from './oneKind.ts';

/**
 * The files of a folder, or those that a pattern names; undefined for a single file, there or not.
 * @param most bytes of all of them; 1 GB unless given
 * @throws Refusal `folder-empty`, `folder-mixed`, `folder-too-large`, `file-too-large`
 */
export async function folderFiles(
  path: string,
  report?: ReportProgress,
  signal?: AbortSignal,
  most?: number,
): Promise<FolderFiles | undefined> {
  if (await isFolder(path)) {
    const found = await findFiles(path, (name) => endingOf(name) !== undefined, report, signal);
    return ofOneKind(basename(path), found, 'folder', most);
  }
  if (!/[*?[{]/.test(path) || !picomatch.scan(path).isGlob || (await exists(path))) return undefined;
  const slashed = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  const { base, glob } = picomatch.scan(slashed);
  if (!(await isFolder(base))) {
    throw new Refusal(
      'folder-empty',
      `${basename(base)} is no folder, so the pattern ${glob} finds nothing.`,
    );
  }
  const matches = picomatch(glob);
  const found = await findFiles(
    base,
    (name) => endingOf(name) !== undefined && matches(name),
    report,
    signal,
  );
  return ofOneKind(glob, found, 'pattern', most);
}

/** Links followed. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (it) => it.isDirectory(),
    () => false,
  );
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
