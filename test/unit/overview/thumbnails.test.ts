import assert from 'node:assert/strict';
import { ThumbnailMaker } from '../../../src/overview/thumbnails.ts';

describe('Thumbnails of maps', () => {
  it('keep the strongest of each block, each instance on its own scale, and where real steps are', () => {
    const maker = new ThumbnailMaker(2, { rows: 2, columns: 64 });
    const map = (high: number) => {
      const values = new Float32Array(128);
      values[64 + 10] = -high;
      values[3] = high / 2;
      return { values, rows: 2, columns: 64 };
    };
    maker.add(
      map(4),
      Uint8Array.from({ length: 64 }, (_, t) => (t < 21 ? 1 : 0)),
    );
    maker.add(map(400), new Uint8Array(64).fill(1));
    const { rows, columns, values, real } = maker.made;
    assert.deepEqual([rows, columns], [2, 32]);
    for (const at of [0, 1]) {
      const own = [...values.subarray(at * 64, (at + 1) * 64).entries()].filter(([, value]) => value > 0);
      assert.deepEqual(own, [
        [1, 128],
        [32 + 5, 255],
      ]);
    }
    assert.equal(real.subarray(0, 32).lastIndexOf(1), 10);
    assert.equal(real.subarray(32).indexOf(0), -1);
  });

  it('grow smaller where there are very many', () => {
    const { rows, columns } = new ThumbnailMaker(200_000, { rows: 30, columns: 131 }).made;
    assert.deepEqual([rows, columns], [1, 32]);
  });
});
