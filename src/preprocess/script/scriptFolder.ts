import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The process that made a folder stands in its name. */
const PREFIX = 'attribution-script-';
const OURS = /^attribution-script-(\d+)-/;

let cleaned: Promise<void> | undefined;

/** A folder for what a script reads and writes. The first one of a process takes away what others left when they were killed. */
export async function scriptFolder(): Promise<string> {
  cleaned ??= removeLeftFolders(tmpdir());
  await cleaned;
  return mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Folders whose process has ended; never a link, nor what belongs to another user. */
export async function removeLeftFolders(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const maker = Number(OURS.exec(name)?.[1]);
    if (!Number.isInteger(maker) || isAlive(maker)) continue;
    const path = join(parent, name);
    const found = await lstat(path).catch(() => undefined);
    const isMine = process.getuid === undefined || found?.uid === process.getuid();
    if (found?.isDirectory() && isMine) {
      await rm(path, { recursive: true, force: true }).catch(() => {});
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
