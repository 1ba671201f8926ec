import { execFileSync } from 'node:child_process';

/** Pipes, links and devices are those of POSIX; where there are none, what needs them is skipped. */
export const isPosix = process.platform !== 'win32';

/** A pipe with a name. */
export function mkfifo(path: string): void {
  execFileSync('mkfifo', [path]);
}
