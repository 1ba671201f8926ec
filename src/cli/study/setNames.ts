import { basename, dirname, extname, sep } from 'node:path';

/**
 * What each data set of a study is called: its file's name without folder and ending, and where two are called so as
 * much of the folders before it as tells them apart.
 * @param data absolute paths, no two alike
 */
export function setNames(data: readonly string[]): ReadonlyMap<string, string> {
  return new Map(data.map((path) => [path, nameOf(path, data)]));
}

function nameOf(path: string, all: readonly string[]): string {
  for (let folders = 0; ; folders++) {
    const name = withFolders(path, folders);
    const alone = all.every((other) => other === path || withFolders(other, folders) !== name);
    // Files that differ in their endings alone.
    if (alone || folders > path.length) return alone ? name : path;
  }
}

/** `set`, `folder/set`, … */
function withFolders(path: string, folders: number): string {
  const parts = dirname(path).split(sep).filter(Boolean);
  return [...parts.slice(Math.max(0, parts.length - folders)), basename(path, extname(path))].join('/');
}
