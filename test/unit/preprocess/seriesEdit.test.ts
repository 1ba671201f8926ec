import assert from 'node:assert/strict';
import type { Prepared } from '../../../src/preprocess/prepared.ts';
import { edited, type SeriesEdit } from '../../../src/preprocess/seriesEdit.ts';

/** Two features of six steps. */
const series: Prepared = {
  x: Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 40, 20, 10, 0),
  ...{ features: 2, steps: 6, findings: [] },
  ...{ mask: new Uint8Array(6).fill(1), length: 6, origin: 'none' },
  source: Int32Array.of(0, 1, 2, 3, 4, 5),
};
const place = { from: 1, to: 4, features: [1] };
const changed = (...edits: SeriesEdit[]) => [...edited(series, edits).x];

describe('A series changed by hand', () => {
  it('is masked, refilled, scaled or shifted where it was asked, and nowhere else', () => {
    const other = [1, 2, 3, 4, 5, 6];
    assert.deepEqual(changed({ ...place, what: 'mask' }), [...other, 10, 0, 0, 0, 10, 0]);
    assert.deepEqual(changed({ ...place, what: 'refill', features: [0] }).slice(0, 6), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(changed({ ...place, what: 'refill' }), [...other, 10, 10, 10, 10, 10, 0]);
    const mean = 80 / 3;
    const scaled = changed({ ...place, what: 'scale', by: 0.5 }).slice(7, 10);
    for (const [i, value] of [20, 40, 20].entries())
      assert.ok(Math.abs(scaled[i]! - (mean + (value - mean) / 2)) < 1e-5);
    assert.deepEqual(changed({ ...place, what: 'shift', by: 1 }), [...other, 10, 20, 20, 40, 10, 0]);
    assert.deepEqual(changed({ ...place, what: 'shift', by: -1 }), [...other, 10, 40, 20, 20, 10, 0]);
  });

  it('takes one change after the other, all features where none is named, and nothing beyond its end', () => {
    assert.deepEqual(
      changed(
        { from: 0, to: 99, features: null, what: 'mask' },
        { ...place, from: 50, to: 60, what: 'mask' },
      ),
      Array(12).fill(0),
    );
    assert.deepEqual(changed({ ...place, features: [7], what: 'mask' }), [...series.x]);
    assert.deepEqual([...series.x].slice(6, 8), [10, 20], 'what was given stays as it is');
  });

  it('is refilled at its ends with the one value that is beside', () => {
    assert.deepEqual(
      changed({ from: 4, to: 6, features: [0], what: 'refill' }).slice(0, 6),
      [1, 2, 3, 4, 4, 4],
    );
    assert.deepEqual(
      changed({ from: 0, to: 2, features: [0], what: 'refill' }).slice(0, 6),
      [3, 3, 3, 4, 5, 6],
    );
  });
});
