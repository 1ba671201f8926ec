import { isAbsolute, relative, resolve } from 'node:path';
import type { JsonValue } from './jsonValue.ts';

/** UTF-16 units; no system takes longer ones. */
const MOST_PATH = 4096;

/** Where relative paths of attribution.json start, and what they must not leave. */
export interface Confines {
  /** Folder of the attribution.json. */
  readonly folder: string;
  /** Workspace folder; absent: paths may lead anywhere (command line). */
  readonly within?: string;
}

/**
 * The absolute path a property names.
 * @throws Refusal `project-path` when it leads out of the workspace folder
 */
export function pathIn(value: JsonValue, { folder, within }: Confines): string {
  const path = resolve(folder, value.text('a path', MOST_PATH));
  if (within !== undefined && !contains(within, path)) {
    throw value.refuse('leads out of the workspace folder; move the file into it', 'project-path');
  }
  return path;
}

/** Whether a path is a folder or lies in it. */
export function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!/^\.\.([\\/]|$)/.test(way) && !isAbsolute(way));
}
