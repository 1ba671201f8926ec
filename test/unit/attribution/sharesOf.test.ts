import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Zone } from '../../../src/attribution/explanation.ts';
import { sharesOf } from '../../../src/attribution/zones.ts';

describe('zone shares', () => {
  const zones: readonly Zone[] = ['REAL', 'REAL', 'MIXED', 'EMPTY'];

  it('count |map| summed over the rows, and positions', () => {
    const map = { values: Float32Array.of(1, -2, 3, 0, 1, 0, -1, 2), rows: 2, columns: 4 };
    assert.deepEqual(sharesOf(zones, map), {
      REAL: { map: 0.4, positions: 0.5 },
      MIXED: { map: 0.4, positions: 0.25 },
      EMPTY: { map: 0.2, positions: 0.25 },
    });
  });

  it('of an all-zero map are 0', () => {
    const shares = sharesOf(zones, { values: new Float32Array(4), rows: 1, columns: 4 });
    assert.deepEqual([shares.REAL.map, shares.MIXED.map, shares.EMPTY.map], [0, 0, 0]);
  });

  it('sum to 1', () => {
    const cells = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(cells, (values) => {
        fc.pre(values.some((value) => value !== 0));
        const shares = Object.values(
          sharesOf(zones, { values: Float32Array.from(values), rows: 1, columns: 4 }),
        );
        assert.ok(Math.abs(shares.reduce((sum, share) => sum + share.map, 0) - 1) < 1e-12);
        assert.equal(
          shares.reduce((sum, share) => sum + share.positions, 0),
          1,
        );
      }),
    );
  });
});
