import assert from 'node:assert/strict';
import { align } from '../../../src/overview/align.ts';
import type { Alignment } from '../../../src/overview/overview.ts';
import { createRandom } from '../../../src/random.ts';

/** Values per column of a one-row map; null where the instance does not reach. */
function aligned(
  values: readonly number[],
  mask: readonly number[],
  alignment: Alignment,
  grid = { stepsPerColumn: 1, bins: 4 },
): (number | null)[] {
  const map = { rows: 1, columns: values.length, values: Float32Array.from(values) };
  const { values: found, covered } = align(map, Uint8Array.from(mask), alignment, grid);
  return [...found].map((value, column) => (covered[column] ? value : null));
}

describe('Aligning a map', () => {
  const padded = { right: [1, 1, 1, 0, 0], left: [0, 0, 1, 1, 1], both: [0, 1, 1, 1, 0] };
  for (const [side, mask] of Object.entries(padded)) {
    it(`takes real steps only, padded ${side}`, () => {
      let next = 0;
      const values = mask.map((on) => (on ? ++next : 99));
      assert.deepEqual(aligned(values, mask, 'start'), [1, 2, 3]);
      assert.deepEqual(aligned(values, mask, 'end'), [3, 2, 1]);
    });
  }

  it('counts a gap within the series and gives nothing there', () => {
    const [values, mask] = [
      [9, 1, 99, 99, 4, 5, 9],
      [0, 1, 0, 0, 1, 1, 0],
    ];
    assert.deepEqual(aligned(values, mask, 'start'), [1, null, null, 4, 5]);
    assert.deepEqual(aligned(values, mask, 'end'), [5, 4, null, null, 1]);
    // Five steps on four bins of 1¼: the first holds step 0, the third ¾ of step 3, the last ¼ of it and step 4.
    assert.deepEqual(aligned(values, mask, 'relative'), [1, null, 4, (4 * 0.25 + 5 * 1) / 1.25]);
  });

  it('squeezes and stretches by overlap', () => {
    assert.deepEqual(
      aligned([1, 2, 3, 4, 5, 6, 7, 8], new Array(8).fill(1), 'relative'),
      [1.5, 3.5, 5.5, 7.5],
    );
    assert.deepEqual(aligned([1, 2], [1, 1], 'relative'), [1, 1, 2, 2]);
    // Three steps on two bins of 1½ steps.
    const found = aligned([3, 6, 9], [1, 1, 1], 'relative', { stepsPerColumn: 1, bins: 2 });
    assert.ok(Math.abs(found[0]! - (3 + 0.5 * 6) / 1.5) < 1e-12 && Math.abs(found[1]! - 12 / 1.5) < 1e-12);
  });

  it('keeps the area of every row in relative time, whatever the lengths', () => {
    const random = createRandom(5);
    for (const length of [1, 2, 3, 7, 49, 50, 51, 131]) {
      const [rows, columns, bins] = [3, 140, 50];
      const mask = new Uint8Array(columns).fill(1, 4, 4 + length);
      const values = Float32Array.from({ length: rows * columns }, () => random.normal());
      const found = align({ rows, columns, values }, mask, 'relative', { stepsPerColumn: 1, bins });
      for (let row = 0; row < rows; row++) {
        let [area, kept] = [0, 0];
        for (let step = 4; step < 4 + length; step++) area += values[row * columns + step]!;
        for (let bin = 0; bin < bins; bin++) kept += found.values[bin * rows + row]! * (length / bins);
        assert.ok(Math.abs(area - kept) < 1e-9, `${length} steps: ${area} and ${kept}`);
      }
    }
  });

  it('takes the mean of the steps of a column where columns stand for several', () => {
    const grid = { stepsPerColumn: 2, bins: 4 };
    assert.deepEqual(aligned([1, 3, 5, 7, 9], [1, 1, 1, 1, 1], 'start', grid), [2, 6, 9]);
    assert.deepEqual(aligned([1, 3, 5, 7, 9], [1, 1, 1, 1, 1], 'end', grid), [8, 4, 1]);
  });

  it('of nothing real gives no column', () => {
    for (const alignment of ['start', 'end', 'relative'] as const)
      assert.deepEqual(aligned([1, 2], [0, 0], alignment), []);
  });
});
