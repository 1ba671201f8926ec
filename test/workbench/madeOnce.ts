import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * The folder, made now if it is not there. It gets its name only when `make` is through, so a killed run leaves no
 * half-made folder behind; a second process that wants the same one waits.
 */
export async function madeOnce(folder: string, make: (partial: string) => Promise<void>): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  while (!existsSync(folder)) {
    const unlock = await tryLock(`${folder}.lock`);
    if (!unlock) {
      await wait(500);
      continue;
    }
    try {
      if (!existsSync(folder)) await makeAside(folder, make);
    } finally {
      await unlock();
    }
  }
  return folder;
}

async function makeAside(folder: string, make: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  try {
    await make(partial);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Undefined while a living process holds the lock; the lock of a dead one is taken away. */
async function tryLock(path: string): Promise<(() => Promise<void>) | undefined> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return () => rm(path, { force: true });
  } catch {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
    return undefined;
  }
}

/** Whether a process of this machine has the number; not one that is none. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
