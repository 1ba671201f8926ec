import { lstat, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import picomatch from 'picomatch';
import { listed } from '../../format.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import { largestFile } from '../byteSource.ts';
import { companionsOf } from '../numpy/companions.ts';
import { type Found, type FoundFile, findFiles } from './findFiles.ts';

/** Files that are one data set. */
export interface FolderFiles {
  /** Of the folder or the pattern, as sentences call it. */
  readonly name: string;
  /** Sorted by name, all of one ending. */
  readonly files: readonly FoundFile[];
  readonly links: number;
  /** Text beside the data that is none: notes, licences. */
  readonly notes: number;
}

const kind = /\.(csv|tsv|tab|txt|dat|psv|ts|arff|parquet|npz|npy)$/i;

/**
 * The files of a folder, or those that a pattern names; undefined for a single file, there or not.
 * @throws Refusal `folder-empty`, `folder-mixed`, `folder-too-large`, `file-too-large`
 */
export async function folderFiles(
  path: string,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<FolderFiles | undefined> {
  if (await isFolder(path)) {
    const found = await findFiles(path, (name) => endingOf(name) !== undefined, report, signal);
    return ofOneKind(basename(path), found, 'folder');
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
  return ofOneKind(glob, found, 'pattern');
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

/** In lower case, without what packs it. */
function endingOf(name: string): string | undefined {
  const plain = name.replace(/\.gz$/i, '');
  return kind.test(plain) ? extname(plain).toLowerCase() : undefined;
}

function ofOneKind(name: string, { files, links }: Found, what: 'folder' | 'pattern'): FolderFiles {
  const beside = new Set(files.flatMap(({ path }) => Object.values(companionsOf(path))));
  const own = files.filter(({ path }) => !beside.has(path));
  const kinds = new Map<string, FoundFile[]>();
  for (const file of own) {
    const ending = endingOf(file.name)!;
    const some = kinds.get(ending) ?? [];
    kinds.set(ending, some);
    some.push(file);
  }
  const notes: FoundFile[] = [];
  for (const ending of ['.txt', '.dat']) {
    if (kinds.size > 1) notes.push(...(kinds.get(ending) ?? []));
    if (kinds.size > 1) kinds.delete(ending);
  }
  const [first, ...others] = kinds.values();
  if (!first) {
    const linked = links > 0 ? ` (${links} links are not followed)` : '';
    throw new Refusal(
      'folder-empty',
      `The ${what} ${name} has no data files${linked}: .csv, .tsv, .txt, .dat, .psv (each also as .gz), .ts, .arff, .parquet, .npz or .npy.`,
    );
  }
  if (others.length > 0) {
    const counts = [...kinds].map(([ending, some]) => `${some.length} ${ending}`);
    throw new Refusal(
      'folder-mixed',
      `The ${what} ${name} has data files of several kinds (${listed(counts)}); name those that are meant with a pattern such as "${what === 'folder' ? name : '.'}/**/*${[...kinds.keys()][0]}".`,
    );
  }
  const bytes = first.reduce((total, { size }) => total + size, 0);
  if (bytes > largestFile) {
    throw new Refusal(
      'file-too-large',
      `The files of ${name} have ${(bytes / 2 ** 30).toFixed(1)} GB together; at most 1 GB is read.`,
    );
  }
  return { name, files: first, links, notes: notes.length };
}
