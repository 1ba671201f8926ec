import { rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { out } from '../workbench/folders.ts';
import { isAlive } from '../workbench/madeOnce.ts';

/**
 * `out/NAME/PID`, empty, until this process ends: two runs in one checkout do not take each other's files. What killed
 * runs have left goes now.
 */
export async function runFolder(name: string): Promise<string> {
  const all = join(out, name);
  await mkdir(all, { recursive: true });
  const left = (await readdir(all)).filter((run) => !isAlive(Number(run)) || Number(run) === process.pid);
  for (const run of left) await rm(join(all, run), { recursive: true, force: true });
  const own = join(all, `${process.pid}`);
  await mkdir(own);
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  return own;
}
