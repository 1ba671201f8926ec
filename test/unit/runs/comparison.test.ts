import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compare, sameClass } from '../../../src/runs/comparison.ts';
import type { RunMap } from '../../../src/runs/run.ts';
import { smallMap } from '../../../src/session/runs/smallMap.ts';
import { explanation, run } from './explanations.ts';

const base = smallMap(explanation());
const withValues = (...values: number[]): RunMap => ({ ...base, values: Float32Array.from(values) });

describe('The comparison of two runs', () => {
  it('subtracts A from B', () => {
    const { difference, misfit } = compare(base, withValues(2, 2, 0, 1, 1, 4, 0.5, -1));
    assert.equal(misfit, null);
    assert.deepEqual([...difference!.values], [1, 0, 0, 1, -2, 0, 0, -1]);
  });

  it('correlates the steps that are real in both', () => {
    // Over the real steps A is 1 2 3 4. By hand: B = 2 1 4 3 has products 3 of squares 5, so r = 0.6.
    const { correlation, steps } = compare(base, withValues(2, 1, 99, 99, 4, 3, -99, 99));
    assert.ok(Math.abs(correlation! - 0.6) < 1e-12);
    assert.equal(steps, 2);
    const shorter = { ...withValues(2, 1, 0, 0, 4, 3, 0, 0), mask: Uint8Array.of(1, 0, 0, 0) };
    // One real step in both: A 1 3, B 2 4.
    const narrow = compare(base, shorter);
    assert.ok(Math.abs(narrow.correlation! - 1) < 1e-12);
    assert.equal(narrow.steps, 1);
  });

  it('has no correlation with a flat map, and passes over what is no number', () => {
    assert.equal(compare(base, withValues(1, 1, 0, 0, 1, 1, 0, 0)).correlation, null);
    const holed = compare(base, withValues(-1, Number.NaN, 0, 0, -3, -4, 0, 0));
    assert.ok(Math.abs(holed.correlation! + 1) < 1e-12);
  });

  it('does not stretch maps that do not fit', () => {
    const time = { ...base, rows: 1, values: base.values.slice(0, 4), full: { rows: 1, columns: 4 } };
    const longer = { ...base, full: { rows: 2, columns: 5 } };
    const renamed = { ...base, features: ['ax', 'gx'] };
    for (const [other, words] of [
      [time, /A is a map of 2 features and B a time map/],
      [longer, /A has 4 steps and B 5/],
      [renamed, /Feature 1 is ay in A and gx in B/],
    ] as const) {
      const { misfit, difference, correlation } = compare(base, other);
      assert.match(misfit!, words);
      assert.deepEqual([difference, correlation], [null, null]);
    }
  });

  it('asks both for the class A explains', () => {
    const other = run(2, {}, { target: { index: 1, name: 'run' } }).facts;
    assert.deepEqual(sameClass(run(1).facts, other), { name: 'walk', a: 0.75, b: 0.75 });
    const unlike = { ...other, classes: [{ name: 'sit', p: 1 }] };
    assert.equal(sameClass(run(1).facts, unlike), null);
  });
});

describe('The small map of a run', () => {
  it('is the map itself while it is small', () => {
    assert.deepEqual(base.values, explanation().map.values);
    assert.deepEqual(base.pooling, { rows: 1, columns: 1 });
    assert.deepEqual(base.zones, explanation().zones);
  });

  it('keeps the strongest of a block with its sign, and says the factor', () => {
    const map = { values: Float32Array.of(1, -2, 0, 0.5, 3, 4, -5, 5), rows: 2, columns: 4 };
    const small = smallMap(explanation({ map }), 4);
    assert.deepEqual([small.rows, small.columns], [2, 2]);
    assert.deepEqual([...small.values], [-2, 0.5, 4, -5]);
    assert.deepEqual(small.pooling, { rows: 1, columns: 2 });
    assert.deepEqual(small.full, { rows: 2, columns: 4 });
    assert.deepEqual([...small.mask], [1, 0]);
    // Mixed and empty share the second block: it still reads real steps.
    assert.deepEqual(small.zones, [
      { zone: 'REAL', from: 0, to: 1 },
      { zone: 'MIXED', from: 1, to: 2 },
    ]);
  });

  it('never holds more cells than it may and loses no peak', () => {
    fc.assert(
      fc.property(
        ...[
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 1, max: 60 }),
          fc.integer({ min: 1, max: 300 }),
        ],
        (rows, columns, most) => {
          const values = Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i * 7.3));
          const padding = { mask: new Uint8Array(columns).fill(1), length: columns, origin: '' };
          const zones = [{ zone: 'REAL' as const, from: 0, to: columns }];
          const small = smallMap(explanation({ map: { values, rows, columns }, padding, zones }), most);
          assert.ok(small.values.length <= most);
          assert.equal(small.values.length, small.rows * small.columns);
          const peak = (all: Float32Array) => all.reduce((best, v) => Math.max(best, Math.abs(v)), 0);
          assert.equal(peak(small.values), peak(values));
          assert.deepEqual(small.zones, [{ zone: 'REAL', from: 0, to: small.columns }]);
        },
      ),
    );
  });
});
