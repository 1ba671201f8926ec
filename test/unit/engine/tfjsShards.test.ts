import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Models } from '../../../src/engine/models.ts';
import { tfjsFolder } from '../../fixtures/tfjs/fixtures.ts';

describe('Models with shards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-shards-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are read again when a shard changes, also one that only a newer model.json names', async function () {
    this.timeout(30_000);
    cpSync(join(tfjsFolder, 'layers_residual'), folder, { recursive: true });
    const [path, shard, other] = ['model.json', 'group1-shard1of1.bin', 'renamed.bin'].map((name) =>
      join(folder, name),
    );
    const models = new Models(2 ** 26);
    const hash = async () => (await models.open({ path: path! })).hash;
    const scale = (file: string, factor: number) => {
      const weights = new Float32Array(new Uint8Array(readFileSync(file)).buffer);
      writeFileSync(file, new Uint8Array(weights.map((value) => value * factor).buffer));
    };
    const first = await hash();
    assert.equal(await hash(), first);
    scale(shard!, 1.5);
    const second = await hash();
    assert.notEqual(second, first);
    renameSync(shard!, other!);
    writeFileSync(path!, readFileSync(path!, 'utf8').replace('./group1-shard1of1.bin', 'renamed.bin'));
    const third = await hash();
    scale(other!, 0.5);
    const fourth = await hash();
    assert.equal(new Set([first, second, third, fourth]).size, 4);
  });
});
