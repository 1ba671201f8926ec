import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { contains } from '../project/paths.ts';
import { Refusal } from '../refusal.ts';

/** Longer than any path a file can have. */
const LONGEST = 4096;

/** A file that may be read, and the folder that allows it; both with links followed. */
interface Allowed {
  readonly path: string;
  readonly root: string;
}

/**
 * Whether a path that an agent gave may be read.
 * @param roots absolute folders; a relative path starts at the first one
 * @returns the path with every link followed
 * @throws Refusal `path-outside`, also for what does not exist there, so that nothing is told of the world outside;
 *   `file-missing` for what is not there inside; `bad-path`; `no-roots`
 */
export async function allowed(said: string, roots: readonly string[]): Promise<Allowed> {
  const name = shown(basename(said));
  if (said === '' || said.length > LONGEST || said.includes('\0')) {
    throw new Refusal('bad-path', 'A path is some text without NUL, 4096 letters at most.');
  }
  const first = roots[0];
  if (first === undefined) {
    throw new Refusal(
      'no-roots',
      'No folder may be read: open one in the editor, or start the server with --root FOLDER.',
    );
  }
  const real = (await Promise.all(roots.map(realOrNone))).filter((root) => root !== undefined);
  const path = resolve(first, said);
  const outside = new Refusal(
    'path-outside',
    `${name} is outside the folders that may be read; give a path inside ${shownRoots(roots)} or let its folder be read (as a folder of the workspace, or by --root of the server).`,
  );
  // By its words, before anything is looked at on disk.
  if (![...roots, ...real].some((root) => contains(root, path))) throw outside;
  const found = await realOrNone(path);
  const root = real.find((each) => contains(each, found ?? each));
  if (found === undefined) {
    const above = await nearest(path);
    if (!real.some((each) => contains(each, above))) throw outside;
    throw new Refusal('file-missing', `${name} does not exist in the folders that may be read.`);
  }
  if (root === undefined) throw outside;
  return { path: found, root };
}

/** The nearest folder above that exists, with links followed. */
async function nearest(path: string): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await realOrNone(folder);
    if (found !== undefined || folder === dirname(folder)) return found ?? folder;
  }
}

function realOrNone(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}

function shownRoots(roots: readonly string[]): string {
  const names = roots.slice(0, 3).map(shown).join(', ');
  return roots.length > 3 ? `${names}, …` : names;
}

function shown(name: string): string {
  return name.length > 120 ? `${name.slice(0, 119)}…` : name;
}
