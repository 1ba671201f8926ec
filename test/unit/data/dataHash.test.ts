import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataHash } from '../../../src/data/dataHash.ts';
import { writeNpy } from '../../../src/data/numpy/writeNpz.ts';
import { float32 } from '../../../src/graph/tensor.ts';

describe('the SHA-256 of data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-hash-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);

  it('of a file is that of its bytes', async () => {
    writeFileSync(at('one.csv'), 'a\n1\n');
    assert.equal(await dataHash(at('one.csv')), createHash('sha256').update('a\n1\n').digest('hex'));
  });

  it('of a folder rests on the folders in it, which may be classes', async () => {
    mkdirSync(at('set/walk'), { recursive: true });
    writeFileSync(at('set/walk/1.csv'), 'a\n1\n');
    const before = await dataHash(at('set'));
    assert.equal(await dataHash(at('set')), before);
    renameSync(at('set/walk'), at('set/run'));
    assert.notEqual(await dataHash(at('set')), before);
  });

  it('of a folder rests on the table with the labels of its files', async () => {
    mkdirSync(at('arrays'));
    for (const n of [1, 2])
      writeFileSync(at(`arrays/s${n}.npy`), writeNpy(float32([2, 3], [n, 2, 3, 4, 5, 6])));
    writeFileSync(at('arrays/labels.csv'), 'file,label\ns1.npy,walk\ns2.npy,run\n');
    const before = await dataHash(at('arrays'));
    writeFileSync(at('arrays/labels.csv'), 'file,label\ns1.npy,run\ns2.npy,walk\n');
    assert.notEqual(await dataHash(at('arrays')), before);
  });
});
