import { lstat, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import picomatch from 'picomatch';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import { type FolderFiles, findFiles, isLookedAt } from './findFiles.ts';
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
  const whole = await wholeOf(path);
  if (!whole) return undefined;
  const found = await findFiles(whole.base, whole.wants, report, signal);
  return ofOneKind(whole.name, found, whole.what, most);
}

/** A folder, or a pattern of files below one. */
interface Whole {
  readonly what: 'folder' | 'pattern';
  /** The folder that is looked through. */
  readonly base: string;
  /** As sentences call it. */
  readonly name: string;
  /** Whether a file below the folder, with forward slashes, is one of its data files. */
  readonly wants: (name: string) => boolean;
}

/** What a path stands for where that is more than a file; undefined for a single one. @throws Refusal `folder-empty` */
export async function wholeOf(path: string): Promise<Whole | undefined> {
  const isData = (name: string) => endingOf(name) !== undefined && isLookedAt(name);
  if (await isFolder(path)) return { what: 'folder', base: path, name: basename(path), wants: isData };
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
  return { what: 'pattern', base, name: glob, wants: (name) => isData(name) && matches(name) };
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
