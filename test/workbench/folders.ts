import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Downloads that outlive a run; not in git. */
export const cache = join(root, '.vscode-test');

/** Reports, screenshots and bundled tests of the last run; not in git. */
export const out = join(root, 'out');

/**
 * A folder of its own outside the repository: an extension installed inside it would find the repository's
 * node_modules, and so runtimes the .vsix does not carry.
 */
export async function scratchFolder(name: string): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), `attribution-lens-${name}-`));
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    path,
    async [Symbol.asyncDispose]() {
      process.off('exit', remove);
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
