import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeLeftFolders } from '../../../../src/preprocess/script/scriptFolder.ts';

describe('folders of scripts', () => {
  let parent: string;
  const at = (name: string) => join(parent, name);
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'attribution-left-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('of a process that has ended are removed, those of one that runs stay', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    const living = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      const left = `attribution-script-${gone}-abc`;
      for (const name of [left, `attribution-script-${living.pid}-abc`, 'attribution-script-x', 'other']) {
        mkdirSync(at(name));
        writeFileSync(at(join(name, 'in.csv')), 'a');
      }
      await removeLeftFolders(parent);
      assert.deepEqual(
        readdirSync(parent),
        [`attribution-script-${living.pid}-abc`, 'attribution-script-x', 'other'].sort(),
      );
    } finally {
      living.kill();
    }
  });

  it('that are links are left alone, with what they lead to', async function () {
    if (process.platform === 'win32') this.skip();
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    mkdirSync(at('precious'));
    writeFileSync(at('precious/a'), 'a');
    symlinkSync('precious', at(`attribution-script-${gone}-abc`));
    mkdirSync(at(`attribution-script-${gone}-def`));
    symlinkSync('../precious', at(`attribution-script-${gone}-def/inside`));
    await removeLeftFolders(parent);
    assert.ok(existsSync(at('precious/a')));
    assert.deepEqual(readdirSync(parent), [`attribution-script-${gone}-abc`, 'precious']);
  });
});
