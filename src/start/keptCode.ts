import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** SHA-256 of text and code, 32 bytes before the code. */
const HEAD = 32;

/**
 * Runs a bundle by the machine code that V8 kept of it the last time, which saves half of the time of its start. It is
 * kept in a folder beside the bundle, which whoever may write there could change as well; where nobody may, or what is
 * kept is of another bundle, Node or processor, the bundle is compiled as ever.
 * @param path of the bundle, absolute
 * @returns writes down what is compiled by now; undefined where that is there already
 */
export function runKept(path: string): (() => void) | undefined {
  const text = readFileSync(path);
  const file = keptFile(path);
  const cachedData = readKept(file, text);
  const script = new Script(Module.wrap(text.toString().replace(/^#!/, '//')), {
    filename: path,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  if (cachedData && !script.cachedDataRejected) return undefined;
  return () => keep(file, text, script.createCachedData());
}

function keptFile(path: string): string {
  const { v8, electron } = process.versions;
  const engine = electron === undefined ? v8 : `${v8}-electron`;
  return join(dirname(path), 'compiled', `${basename(path)}-${engine}-${process.arch}`);
}

/** Of this very text: V8 itself looks at its length only. */
function readKept(file: string, text: Buffer): Buffer | undefined {
  try {
    const all = readFileSync(file);
    const code = all.subarray(HEAD);
    return hashOf(text, code).equals(all.subarray(0, HEAD)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: several processes may write it. Where there is no place for it every start takes as long as this one. */
function keep(file: string, text: Buffer, code: Buffer): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, Buffer.concat([hashOf(text, code), code]));
    renameSync(unfinished, file);
  } catch {
    try {
      rmSync(unfinished, { force: true });
    } catch {}
  }
}

function hashOf(text: Buffer, code: Buffer): Buffer {
  return createHash('sha256').update(process.version).update(text).update(code).digest();
}
