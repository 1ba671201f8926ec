import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal } from '../refusal.ts';
import { faultOf } from './fault.ts';

/** A pipe that nobody writes to must not hold us; Windows has no such flag and no such pipes among files. */
export const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file for reading that is one: no pipe, device or folder, which may have no end or never begin.
 * @throws Refusal `file-missing`, `file-unreadable`: one sentence that begins with the file's name
 */
export async function openRegular(path: string): Promise<FileHandle> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, READ_AT_ONCE);
    if ((await file.stat()).isFile()) return file;
    throw new Refusal('file-unreadable', `${basename(path)} is not a file.`);
  } catch (error) {
    await file?.close();
    throw unreadable(error, path);
  }
}

/** What is said of a file that cannot be read; anything else than the system's objections comes back as it is. */
export function unreadable(error: unknown, path: string): unknown {
  if (error instanceof Refusal || !(error instanceof Error && 'code' in error)) return error;
  const what = faultOf(error);
  return new Refusal(
    what === 'does not exist' ? 'file-missing' : 'file-unreadable',
    `${nameOf(path)} ${what}.`,
  );
}

/** Shortened: a name may be too long for a file, and so for a sentence. */
function nameOf(path: string): string {
  const name = basename(path);
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}
