import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const unfinished = new Set<string>();
let watchesExit = false;

/**
 * A name beside the target that nobody can foresee, for what is being written; it is taken away when the process ends
 * before it has got its own name.
 */
export function unfinishedBeside(target: string): string {
  if (!watchesExit) {
    watchesExit = true;
    process.once('exit', removeUnfinished);
  }
  const path = join(dirname(target), `.attribution-lens-${randomBytes(8).toString('hex')}.part`);
  unfinished.add(path);
  return path;
}

/** The file is whole: it stays when the process ends. */
export function finished(path: string): void {
  unfinished.delete(path);
}

/** At once, for an end by a signal. */
export function removeUnfinished(): void {
  for (const path of unfinished) {
    try {
      rmSync(path, { force: true });
    } catch {
      // Nothing more can be done on the way out.
    }
  }
  unfinished.clear();
}
