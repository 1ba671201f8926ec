import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { Refusal } from '../../refusal.ts';
import { wholeOf } from './folderFiles.ts';

/**
 * A new file must not become one of the files of a folder, or of those a pattern names, that are read as one data set: it
 * would be read with them, or make them unreadable, from then on.
 * @param target it may stand there already, and is left to those who look after what is read
 * @throws Refusal `output-in-data`
 */
export async function checkPlace(target: string, data: string): Promise<void> {
  const whole = await wholeOf(data);
  if (!whole || (await isThere(target))) return;
  const [folder, root] = await Promise.all([real(dirname(target)), real(whole.base)]);
  const way = relative(root, join(folder, basename(target))).replaceAll('\\', '/');
  if (way.startsWith('../') || isAbsolute(way) || !whole.wants(way)) return;
  const name = basename(data);
  throw new Refusal(
    'output-in-data',
    `${basename(target)} would be read as one of the data files of ${name} from then on, which ${whole.what === 'folder' ? 'are one data set' : 'the pattern names'}: name a file outside ${whole.what === 'folder' ? 'that folder' : 'its folders'}.`,
  );
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function real(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
