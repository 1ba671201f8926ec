import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset } from '../../../src/data/readDataset.ts';
import { codes, rowsOf } from './reading.ts';

describe('Arrays in files of their own', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-pairs-'));
    writeFileSync(
      join(folder, 'X_test.npy'),
      npy('<f2', [2, 1, 3], Uint16Array.of(0x3c00, 0x4000, 0xc200, 0x3800, 0, 0x7bff)),
    );
    writeFileSync(join(folder, 'y_test.npy'), npy('<i8', [2], BigInt64Array.of(1n, 0n)));
    writeFileSync(join(folder, 'data.npy'), npy('<f4', [2, 1, 3], new Float32Array(6)));
    writeFileSync(join(folder, 'y.npy'), npy('|u1', [2, 3], Uint8Array.of(0, 0, 1, 1, 0, 0)));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('belong together by their names; half precision is exact', async () => {
    const set = await readDataset({ path: join(folder, 'X_test.npy') }, {});
    assert.deepEqual(
      set.instances.map(({ label }) => label),
      ['1', '0'],
    );
    assert.deepEqual(set.instances.map(rowsOf), [[[1, 2, -3]], [[0.5, 0, 65504]]]);
    assert.ok(codes(set).includes('arrays-beside'));
  });

  it('labels of one 1 in each row are the class at its place', async () => {
    const set = await readDataset({ path: join(folder, 'data.npy') }, {});
    assert.deepEqual(
      set.instances.map(({ label }) => label),
      ['2', '0'],
    );
  });
});

function npy(descr: string, dims: readonly number[], { buffer }: { buffer: ArrayBufferLike }): Buffer {
  const shape = `(${dims.join(', ')}${dims.length === 1 ? ',' : ''})`;
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11, ' ');
  const start = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${padded}\n`, 'latin1');
  start.writeUInt16LE(padded.length + 1, 8);
  return Buffer.concat([start, Buffer.from(buffer)]);
}
