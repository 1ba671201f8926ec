import assert from 'node:assert/strict';
import { PackedColumn } from '../../../src/data/packedColumn.ts';
import { RowStore } from '../../../src/data/rowStore.ts';
import { createRandom } from '../../../src/random.ts';

describe('numbers packed', () => {
  const { integer, normal } = createRandom(7);
  const column = (make: () => number) => Float64Array.from({ length: 200 }, make);

  for (const [what, values, bytes] of [
    ['whole numbers', column(() => integer(200) - 100), 1],
    ['two decimals', column(() => Number((normal() * 20).toFixed(2))), 2],
    ['five decimals', column(() => Number((normal() * 20).toFixed(5))), 4],
    ['large and precise', column(() => Number((normal() * 1e6).toFixed(6))), 8],
    ['float32', column(() => Math.fround(normal())), 4],
    ['all digits', column(() => normal()), 8],
    ['tiny', column(() => normal() * 1e-300), 8],
    ['huge', column(() => normal() * 1e300), 8],
    ['gaps', column(() => (integer(3) ? 1.5 : Number.NaN)), 1],
    ['gaps, all digits', column(() => (integer(3) ? normal() : Number.NaN)), 8],
    ['nothing but gaps', column(() => Number.NaN), 1],
    ['at the edge of 8 bits', Float64Array.of(126, -126, Number.NaN), 1],
    ['minus zero', column(() => (integer(2) ? -0 : 3)), 4],
    ['infinite', Float64Array.of(1, Number.POSITIVE_INFINITY, 0.5), 4],
    ['at the edge of 16 bits', Float64Array.of(32767, -32768, 0), 4],
    ['at the edge of 32 bits', Float64Array.of(2147483647, -2147483648, 0.5), 8],
  ] as const) {
    it(`${what}: the same numbers, ${bytes} bytes each`, () => {
      const packed = PackedColumn.of(values);
      const back = packed.values();
      assert.ok(values.every((value, at) => Object.is(back[at], value) && Object.is(packed.at(at), value)));
      assert.equal(packed.bytes, bytes * values.length);
    });
  }
});

describe('rows kept', () => {
  for (const rows of [3, 64, 100, 131_072, 131_100]) {
    it(`${rows.toLocaleString('en-US')} of them come back, before and after they are closed`, () => {
      const store = new RowStore(2);
      for (let row = 0; row < rows; row++) store.push([row / 8, -row]);
      const last = [rows - 3, 0, rows - 1];
      const wanted = Float64Array.from([...last.map((row) => row / 8), ...last.map((row) => -row)]);
      assert.deepEqual(
        store.gather(3, (step) => last[step]!),
        wanted,
      );
      store.close();
      assert.deepEqual(
        store.gather(3, (step) => last[step]!),
        wanted,
      );
      assert.deepEqual([store.rows, store.cells], [rows, 2 * rows]);
    });
  }
});
