import assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import { openBytes } from '../../../src/data/byteSource.ts';
import { unzipped } from '../../../src/data/unzipped.ts';
import { readBytes, readText, refusalOf, rowsOf } from './reading.ts';

const long = 'case,time,label,ax\na,0,walk,1\na,1,walk,2\na,2,walk,4\nb,0,run,3\nb,1,run,5\nb,2,run,4\n';

describe('Packed text', () => {
  it('is read like the text in it', async () => {
    const plain = await readText(long);
    const { plan, ...packed } = await readBytes(zlib.gzipSync(long), {}, 'data.csv.gz');
    assert.deepEqual(packed.instances.map(rowsOf), plain.instances.map(rowsOf));
    assert.equal(plan?.file, 'data.csv');
  });

  it('that is none, or cut off, is refused', async () => {
    for (const bytes of [Buffer.from(long), zlib.gzipSync(long.repeat(400)).subarray(0, 60)]) {
      const { code, message } = await refusalOf(readBytes(bytes, {}, 'data.csv.gz'));
      assert.equal(code, 'gzip-corrupt', message);
    }
    assert.equal(
      (await refusalOf(readBytes(zlib.gzipSync('x'), {}, 'a.npz.gz'))).code,
      'unknown-data-format',
    );
  });

  it('that unpacks to more than is read is stopped', async () => {
    const content = zlib.gzipSync(Buffer.alloc(1 << 22, '1,2\n'));
    const pieces = unzipped(await openBytes({ path: '/nowhere/bomb.csv.gz', content }), 1e6).chunks();
    const all = async () => {
      for await (const piece of pieces) assert.ok(piece.length <= 1 << 20);
    };
    assert.equal((await refusalOf(all())).code, 'file-too-large');
  });
});
