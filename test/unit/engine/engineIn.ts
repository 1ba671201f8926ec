import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';

interface EngineIn {
  readonly engine: LocalEngine;
  readonly folder: string;
  /** Writes a file into the folder and gives its path. */
  put(name: string, content: string | Uint8Array): string;
}

/** An engine and a folder of its own for the tests of a `describe`; both are gone after them. */
export function engineIn(name: string): EngineIn {
  const engine = createEngine();
  const folder = mkdtempSync(join(tmpdir(), `attribution-${name}-`));
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const put = (file: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, file), content);
    return join(folder, file);
  };
  return { engine, folder, put };
}
