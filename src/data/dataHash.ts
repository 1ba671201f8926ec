import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { openRegular, unreadable } from '../files/openRegular.ts';
import { folderFiles } from './folder/folderFiles.ts';
import { companionsOf } from './numpy/companions.ts';

/**
 * SHA-256 (hex) of a file, as `sha256sum` gives it; of a folder, a pattern or a file with others that are read with it, of
 * the names and the SHA-256 of all of them in order.
 * @param content in place of the file's
 * @throws Refusal `file-missing`, `file-unreadable`, those of folderFiles; the signal's reason when cancelled
 */
export async function dataHash(path: string, content?: Uint8Array, signal?: AbortSignal): Promise<string> {
  if (content) return createHash('sha256').update(content).digest('hex');
  const folder = await folderFiles(path, undefined, signal);
  // Folders may be classes, and tables beside the series say them.
  const files = folder
    ? [...folder.files, ...folder.tables]
    : [path, ...Object.values(companionsOf(path)).toSorted()].map((path) => ({ path, name: basename(path) }));
  if (files.length === 1 && !folder) return fileHash(path, signal);
  const all = createHash('sha256');
  for (const { path, name } of files) all.update(`${await fileHash(path, signal)}  ${name}\n`);
  return all.digest('hex');
}

async function fileHash(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const file = await openRegular(path);
  try {
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      signal?.throwIfAborted();
      hash.update(chunk as Buffer);
    }
  } catch (error) {
    throw unreadable(error, path);
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
