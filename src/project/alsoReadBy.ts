import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { endingOf } from '../data/folder/oneKind.ts';
import { findProject, projectFileName } from './project.ts';

/** Entries that are looked at; beyond them something else is taken to be there. */
const MOST_ENTRIES = 20_000;
const MODEL = /(\.(onnx|pt2|keras|h5|hdf5)|^model\.json)$/i;
const PASSED_OVER = new Set(['__MACOSX', '__pycache__', 'node_modules']);

/** Files that an attribution.json is meant for. */
interface MeantFor {
  /** New ones, which nothing has read yet. */
  readonly made: readonly string[];
  /** Those that are meant to be read by it where no other holds for them. */
  readonly taught?: readonly string[];
}

/**
 * Why an attribution.json that is not there yet would change how others are read: data and models in its folder and below,
 * which nobody meant, or for which one above it holds. In words behind `an attribution.json`; undefined where it
 * changes nothing.
 */
export async function alsoReadBy(
  folder: string,
  { made, taught = [] }: MeantFor,
): Promise<string | undefined> {
  const above = await findProject(join(folder, projectFileName));
  const meant = above === undefined ? [...made, ...taught] : made;
  const other = await firstOther(await real(folder), new Set(await Promise.all(meant.map(real))));
  if (other === undefined) return undefined;
  if (above === undefined) return `would be read for ${other}, too`;
  return `would be read for ${other} in place of ${relative(folder, above).replaceAll('\\', '/')}`;
}

/** In words, how the first of the files below a folder that are not named is called. Hidden ones are passed over. */
async function firstOther(root: string, own: ReadonlySet<string>): Promise<string | undefined> {
  const seen = new Set<string>();
  const waiting = [root];
  let entries = 0;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const inside = await readdir(at, { withFileTypes: true }).catch(() => []);
    // Read by its own.
    if (at !== root && inside.some(({ name }) => name === projectFileName)) continue;
    for (const entry of inside.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (++entries > MOST_ENTRIES) return 'other files among the many below it';
      if (entry.name.startsWith('.') || PASSED_OVER.has(entry.name)) continue;
      const path = join(at, entry.name);
      const linked = entry.isSymbolicLink();
      const isFolder = linked ? await leadsToFolder(path) : entry.isDirectory();
      if (isFolder) waiting.push(linked ? await real(path) : path);
      else if (isRead(entry.name) && !own.has(linked ? await real(path) : path))
        return path.startsWith(root) ? relative(root, path).replaceAll('\\', '/') : entry.name;
    }
  }
  return undefined;
}

function isRead(name: string): boolean {
  return endingOf(name) !== undefined || MODEL.test(name);
}

function leadsToFolder(link: string): Promise<boolean> {
  return stat(link).then(
    (it) => it.isDirectory(),
    () => false,
  );
}

/** Of a file that is not there yet, in the folder that is. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(async () => {
    const folder = dirname(path);
    return folder === path ? path : join(await real(folder), relative(folder, path));
  });
}
