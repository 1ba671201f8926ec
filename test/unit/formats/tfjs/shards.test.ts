import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { refusal } from '../../refusal.ts';
import { encoded, floats, sum } from './smallTfjs.ts';

describe('Shards of a TensorFlow.js model', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-tfjs-'));
    mkdirSync(join(folder, 'model'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (json: unknown) => {
    writeFileSync(join(folder, 'model', 'model.json'), encoded(json));
    return join(folder, 'model', 'model.json');
  };

  it('lie beside it: not above, elsewhere or behind a link; one that is missing is named', async () => {
    writeFileSync(join(folder, 'secret.bin'), floats(1, 2));
    symlinkSync(join(folder, 'secret.bin'), join(folder, 'model', 'link.bin'));
    for (const path of ['../secret.bin', 'a/../../secret.bin', join(folder, 'secret.bin'), 'link.bin']) {
      await assert.rejects(
        loadModel(write(sum({ paths: [path] }))),
        refusal('path-outside', /outside its own folder/),
      );
    }
    await assert.rejects(loadModel(write(sum())), refusal('external-data-missing', /w\.bin does not exist/));
  });

  it('change the hash of the model, and are refused unread where they are too large', async () => {
    const path = write(sum());
    writeFileSync(join(folder, 'model', 'w.bin'), floats(1, 2));
    const before = await loadModel(path);
    writeFileSync(join(folder, 'model', 'w.bin'), floats(1, 3));
    assert.notEqual((await loadModel(path)).hash, before.hash);
    assert.deepEqual(before.weights, [join(folder, 'model', 'w.bin')]);
    writeFileSync(join(folder, 'model', 'w.bin'), new Uint8Array(99));
    await assert.rejects(loadModel(path), refusal('broken-model', /has 99 bytes, but only 8 belong there/));
  });
});
