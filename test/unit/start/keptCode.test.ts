import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runKept } from '../../../src/start/keptCode.ts';
import { scratchFolder } from '../../workbench/folders.ts';

const said = () => (globalThis as { readonly saidByBundle?: unknown }).saidByBundle;
const bundle = (number: number) =>
  `#!/usr/bin/env node\nconst { basename } = require('node:path');\nglobalThis.saidByBundle = [${number}, basename(__filename)];\n`;

describe('machine code that is kept of a bundle', () => {
  let folder: Awaited<ReturnType<typeof scratchFolder>>;
  let path: string;
  const kept = () => join(folder.path, 'compiled');
  const onlyFile = async () => join(kept(), (await readdir(kept()))[0]!);

  beforeEach(async () => {
    folder = await scratchFolder('kept-code');
    path = join(folder.path, 'bundle.cjs');
    await writeFile(path, bundle(1));
    runKept(path)?.();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  it('lies in one file beside it and is taken the next time', async () => {
    assert.equal((await readdir(kept())).length, 1);
    assert.equal(runKept(path), undefined);
    assert.deepEqual(said(), [1, 'bundle.cjs']);
  });

  it('is not taken for another text of the same length', async () => {
    await writeFile(path, bundle(2));
    const keep = runKept(path);
    assert.deepEqual(said(), [2, 'bundle.cjs']);
    keep!();
    assert.equal((await readdir(kept())).length, 1);
    assert.equal(runKept(path), undefined);
  });

  it('is made anew where it is broken or cut', async () => {
    const file = await onlyFile();
    const whole = await readFile(file);
    for (const broken of [
      whole.subarray(0, whole.length / 2),
      Buffer.from(whole).fill(7, 40, 60),
      Buffer.alloc(0),
    ]) {
      await writeFile(file, broken);
      assert.notEqual(runKept(path), undefined);
      assert.deepEqual(said(), [1, 'bundle.cjs']);
    }
  });

  it('is done without where its folder cannot be', async () => {
    await rm(kept(), { recursive: true });
    await writeFile(kept(), '');
    const keep = runKept(path);
    assert.deepEqual(said(), [1, 'bundle.cjs']);
    keep!();
    assert.deepEqual((await readdir(folder.path)).toSorted(), ['bundle.cjs', 'compiled']);
    await rm(kept());
    await mkdir(kept());
    assert.notEqual(runKept(path), undefined);
  });
});
