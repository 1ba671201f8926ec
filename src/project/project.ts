import { lstat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readSmall } from '../files/readSmall.ts';
import { Refusal } from '../refusal.ts';
import { LARGEST_PROJECT, tooLarge } from './parseJson.ts';
import { parseProject } from './parseProject.ts';
import { contains } from './paths.ts';
import type { Project } from './projectShape.ts';
import { withSettings } from './settings.ts';

/** The file that says how a folder's data are read and prepared. */
export const projectFileName = 'attribution.json';

interface ReadProjectOptions {
  /** Workspace folder that no path in the file may leave. Absent: paths may lead anywhere. */
  readonly within?: string;
  /** Settings that go before what the file says: `data.time=t`. */
  readonly set?: readonly string[];
  /** Reads the file where it is not on disk. */
  readonly read?: (path: string) => Promise<Uint8Array>;
}

/** @throws Refusal `project-missing`, `project-unreadable` and those of `parseProject` */
export async function readProject(
  path: string,
  { within, set = [], read = readProjectFile }: ReadProjectOptions = {},
): Promise<Project> {
  const bytes = await readOrRefuse(path, read);
  if (bytes.length > LARGEST_PROJECT) throw tooLarge(basename(path));
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '');
  return parseProject(set.length > 0 ? withSettings(text, set) : text, resolve(path), within);
}

/**
 * The nearest attribution.json in the file's folder or above.
 * @param stopAt the last folder looked at (the workspace folder); for a file outside it only the file's own folder is
 */
export async function findProject(
  file: string,
  stopAt?: string,
  exists: (path: string) => Promise<boolean> = isThere,
): Promise<string | undefined> {
  // Of a folder as one data set, its own.
  const own = join(resolve(file), projectFileName);
  const start = dirname(resolve(file));
  const last = stopAt === undefined ? undefined : resolve(stopAt);
  const top = last !== undefined && !contains(last, start) ? start : last;
  if (await exists(own)) return own;
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, projectFileName);
    if (await exists(candidate)) {
      return candidate;
    }
    if (folder === top || folder === dirname(folder)) {
      return undefined;
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Bounded. @throws Refusal where it cannot be read */
export const readProjectFile = (path: string) => readSmall(path, LARGEST_PROJECT);

async function readOrRefuse(path: string, read: (path: string) => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await read(path);
  } catch (error) {
    if (error instanceof Refusal) {
      const missing = error.code === 'file-missing';
      throw new Refusal(missing ? 'project-missing' : 'project-unreadable', error.message);
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code === 'ENOENT' || code === 'FileNotFound'
      ? new Refusal('project-missing', `${basename(path)} does not exist.`)
      : new Refusal('project-unreadable', `${basename(path)} cannot be read${code ? ` (${code})` : ''}.`);
  }
}
