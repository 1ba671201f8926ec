import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';

/** Beyond these a folder is no data set but somebody's home. */
const mostEntries = 200_000;
const mostFiles = 20_000;
const deepest = 16;
/** Files whose sizes are asked for between two signs of progress. */
const AT_ONCE = 500;
/** What archives, tools and languages leave behind. */
const passedOver = new Set(['__MACOSX', '__pycache__', 'node_modules']);

/** A file below the folder. */
export interface FoundFile {
  readonly path: string;
  /** Below the folder, with forward slashes. */
  readonly name: string;
  readonly size: number;
}

/** Files that are one data set. */
export interface FolderFiles {
  /** Of the folder or the pattern, as sentences call it. */
  readonly name: string;
  /** Sorted by name, all of one ending. */
  readonly files: readonly FoundFile[];
  readonly links: number;
  /** Tables of another kind that may give the class of each file. */
  readonly tables: readonly FoundFile[];
  /** Text beside the data that is none (notes, licences), as sentences call it: `2 .txt files`. */
  readonly notes: readonly string[];
}

/** What was found, and what was left. */
export interface Found {
  readonly files: readonly FoundFile[];
  /** Links, which are not followed: they may lead out of the folder, or to a file that is there already. */
  readonly links: number;
}

/** Whether a file of this name below a folder is looked at: hidden ones and what tools leave behind are not. */
export function isLookedAt(name: string): boolean {
  const parts = name.split('/');
  return parts.length <= deepest + 1 && !parts.some((part) => part.startsWith('.') || passedOver.has(part));
}

/**
 * The files below a folder that are wanted, sorted by name. Hidden ones are passed over.
 * @param wants of a name below the folder
 * @throws Refusal `folder-too-large`
 */
export async function findFiles(
  folder: string,
  wants: (name: string) => boolean,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Found> {
  const root = await realpath(folder);
  const names: string[] = [];
  let links = 0;
  let entries = 0;
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    signal?.throwIfAborted();
    report?.(0, `Looking through ${basename(folder)} (${counted(names.length)} so far)`);
    for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
      if (++entries > mostEntries) throw tooLarge(folder, `more than ${mostEntries} entries`);
      if (entry.name.startsWith('.') || passedOver.has(entry.name)) continue;
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && name.split('/').length <= deepest) waiting.push(name);
      else if (entry.isSymbolicLink()) links++;
      else if (entry.isFile() && wants(name)) names.push(name);
      if (names.length > mostFiles) throw tooLarge(folder, `more than ${mostFiles} data files`);
    }
  }
  names.sort((a, b) => (a < b ? -1 : 1));
  const files: FoundFile[] = [];
  for (let from = 0; from < names.length; from += AT_ONCE) {
    signal?.throwIfAborted();
    report?.(0, `Looking through ${basename(folder)} (${from} of ${counted(names.length)})`);
    const some = names.slice(from, from + AT_ONCE).map(async (name) => {
      const path = join(root, name);
      return { path, name, size: (await stat(path)).size };
    });
    files.push(...(await Promise.all(some)));
  }
  return { files, links };
}

const counted = (files: number) => `${files} data ${files === 1 ? 'file' : 'files'}`;

function tooLarge(folder: string, what: string): Refusal {
  return new Refusal(
    'folder-too-large',
    `${basename(folder)} holds ${what}; name the folder with the data, or a pattern such as "data/**/*.csv".`,
  );
}
