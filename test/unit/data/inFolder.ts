import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own for each test of a `describe`, gone after it. */
export function inFolder(): {
  /** Its path, or that of what lies below it. */
  readonly path: (...below: readonly string[]) => string;
  /** Writes files by their paths below it. */
  readonly put: (files: Readonly<Record<string, string>>) => void;
} {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lens-folder-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  return {
    path: (...below) => join(root, ...below),
    put: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
      }
    },
  };
}
