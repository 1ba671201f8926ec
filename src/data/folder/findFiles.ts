import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Refusal } from '../../refusal.ts';

/** Beyond these a folder is no data set but somebody's home. */
const mostEntries = 200_000;
const mostFiles = 20_000;
const deepest = 16;
/** What archives, tools and languages leave behind. */
const passedOver = new Set(['__MACOSX', '__pycache__', 'node_modules']);

/** A file below the folder. */
export interface FoundFile {
  readonly path: string;
  /** Below the folder, with forward slashes. */
  readonly name: string;
  readonly size: number;
}

/** What was found, and what was left. */
export interface Found {
  readonly files: readonly FoundFile[];
  /** Links, which are not followed: they may lead out of the folder, or to a file that is there already. */
  readonly links: number;
}

/**
 * The files below a folder that are wanted, sorted by name. Hidden ones are passed over.
 * @param wants of a name below the folder
 * @throws Refusal `folder-too-large`
 */
export async function findFiles(
  folder: string,
  wants: (name: string) => boolean,
  signal?: AbortSignal,
): Promise<Found> {
  const root = await realpath(folder);
  const names: string[] = [];
  let links = 0;
  let entries = 0;
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    signal?.throwIfAborted();
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
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(root, name), name, size: (await stat(join(root, name))).size })),
  );
  return { files, links };
}

function tooLarge(folder: string, what: string): Refusal {
  return new Refusal(
    'folder-too-large',
    `${basename(folder)} holds ${what}; name the folder with the data, or a pattern such as "data/**/*.csv".`,
  );
}
