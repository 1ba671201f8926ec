import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from '../../../../src/data/dataOptions.ts';
import type { ScriptInstance } from '../../../../src/preprocess/script/nodeRunner.ts';
import { runScript, type ScriptWork } from '../../../../src/preprocess/script/runScript.ts';
import type { ScriptRun } from '../../../../src/preprocess/script/scriptRun.ts';

const folders: string[] = [];

/** A folder with these files; `cleanUp` removes it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'script test '));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

export function cleanUp(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0,
);

export interface Ran {
  readonly folder: string;
  readonly log: string[];
  readonly done: Promise<Uint8Array>;
}

/** Runs one script by its name and text; a `.py` with python3. */
export function run(
  name: string,
  text: string,
  more: Partial<ScriptRun & ScriptWork & { data: DataSource; given: readonly ScriptInstance[] }> = {},
): Ran {
  const folder = folderWith({ [name]: text, 'in.csv': 'a,b\n1,2\n3,4\n' });
  const log: string[] = [];
  const script: ScriptRun = {
    ...{ script: join(folder, name), interpreter: more.interpreter ?? python ?? 'python3' },
    timeoutMs: more.timeoutMs ?? 20_000,
  };
  const done = runScript(script, more.data ?? { path: join(folder, 'in.csv') }, {
    ...{ log: (line) => log.push(line), signal: more.signal, group: more.group },
    instances: more.instances ?? (async () => more.given ?? []),
  });
  return { folder, log, done };
}

/** Standard library only: an .npz as numpy writes it. */
export const pythonNpz = `
import struct, sys, zipfile

def npy(descr, shape, data):
    head = repr({'descr': descr, 'fortran_order': False, 'shape': shape})
    head = head.ljust((len(head) + 11 + 63) // 64 * 64 - 11) + '\\n'
    return b'\\x93NUMPY\\x01\\x00' + struct.pack('<H', len(head)) + head.encode() + data

def save(path, **arrays):
    with zipfile.ZipFile(path, 'w') as file:
        for name, array in arrays.items():
            file.writestr(name + '.npy', npy(*array))
`;
