import assert from 'node:assert/strict';
import fc from 'fast-check';
import { place, placementOf } from '../../../src/attribution/placement.ts';

function layer(positions: readonly number[], jump: number) {
  return { positions: Float64Array.from(positions), reads: null, receptiveField: { jump } };
}

const placed = (values: readonly number[], positions: readonly number[], jump: number, steps: number) => [
  ...place(
    { values: Float32Array.from(values), rows: 1, columns: values.length },
    placementOf(layer(positions, jump), steps),
  ).values,
];

describe('placement on the input axis', () => {
  it('keeps position p at step p where they are one to one, half-step offsets of even kernels included', () => {
    assert.deepEqual(placed([3, 1, 2], [0.5, 1.5, 2.5], 1, 3), [3, 1, 2]);
  });

  it('of several even kernels behind each other too, whose half steps add up, and of nothing narrower', () => {
    const values = Array.from({ length: 30 }, (_, p) => p);
    const ahead = (by: number, width: number) => {
      const at = (offset: number) =>
        Int32Array.from(values, (p) => Math.max(0, Math.min(30, Math.round(p + by + offset))));
      const reads = { from: at(-width / 2), to: at(width / 2) };
      const lies = {
        positions: Float64Array.from(values, (p) => p + by),
        reads,
        receptiveField: { jump: 1 },
      };
      const map = { values: Float32Array.from(values), rows: 1, columns: 30 };
      return [...place(map, placementOf(lies, 30)).values];
    };
    // Two of width 26: FCN's and XCM's. A shift of one step, or of eight, is no such thing.
    assert.deepEqual(ahead(1, 26), values);
    assert.deepEqual(ahead(1, 2).slice(1, 4), [0, 1, 2]);
    assert.deepEqual(ahead(8, 26).slice(8, 11), [0, 1, 2]);
    assert.deepEqual(ahead(-1, 26).slice(0, 3), [1, 2, 3]);
  });

  it('places what lies before its steps, as of causal windows or a lag, by its centres', () => {
    assert.deepEqual(placed([1, 2, 3, 4, 5], [-2, -1, 0, 1, 2], 1, 5), [3, 4, 5, 5, 5]);
    assert.deepEqual(placed([1, 2, 3, 4, 5], [-1, 0, 1, 2, 3], 1, 5), [2, 3, 4, 5, 5]);
  });

  it('is the mean of what stands at one centre, as of a series read in both directions', () => {
    assert.deepEqual(placed([1, 2, 3, 7, 6, 5], [0, 1, 2, 2, 1, 0], 1, 3), [3, 4, 5]);
    assert.deepEqual(placed([4, 8, 0], [1, 3, 3], 2, 5), [4, 4, 4, 4, 4]);
    assert.deepEqual(placed([4, 0, 4, 2], [1, 5, 5, 5], 2, 7), [4, 4, 3.5, 3, 2.5, 2, 2]);
  });

  it('takes blocks that have changed places to where they come from', () => {
    assert.deepEqual(placed([1, 2, 3, 4, 5, 6], [0, 2, 1, 4, 3, 5], 1, 6), [1, 3, 2, 5, 4, 6]);
  });

  it('is linear between centres, the ends held', () => {
    assert.deepEqual(placed([4, 8, 0], [1, 3, 7], 2, 10), [4, 4, 6, 8, 6, 4, 2, 0, 0, 0]);
  });

  it('uses fractional centres as they are', () => {
    assert.deepEqual(placed([0, 4], [0.5, 2.5], 2, 4), [0, 1, 3, 4]);
  });

  it('uses centres outside the input', () => {
    assert.deepEqual(placed([0, 4, 8], [-2, 2, 6], 4, 4), [2, 3, 4, 5]);
  });

  it('shifts a layer without padding by its centres', () => {
    assert.deepEqual(placed([1, 2, 3], [1, 2, 3], 1, 5), [1, 1, 2, 3, 3]);
  });

  it('takes positions in whatever order they come: of a series turned round, or rolled', () => {
    assert.deepEqual(placed([1, 2, 3], [4, 2, 0], -2, 5), [3, 2.5, 2, 1.5, 1]);
    assert.deepEqual(placed([1, 2, 3, 4], [2, 3, 0, 1], 1.5, 4), [3, 4, 1, 2]);
  });

  it('holds a single position everywhere', () => {
    assert.deepEqual(placed([7], [1.5], 4, 4), [7, 7, 7, 7]);
  });

  it('places every row by itself', () => {
    const map = { values: Float32Array.of(0, 2, 10, 20), rows: 2, columns: 2 };
    assert.deepEqual([...place(map, placementOf(layer([0, 2], 2), 3)).values], [0, 1, 2, 10, 15, 20]);
  });

  it('never leaves the range of the native values, and meets them at whole centres', () => {
    const cases = fc.record({
      values: fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 12 }),
      jump: fc.integer({ min: 2, max: 5 }),
      start: fc.integer({ min: -4, max: 4 }),
      steps: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(cases, ({ values, jump, start, steps }) => {
        const centres = values.map((_, p) => start + p * jump);
        const columns = placed(values, centres, jump, steps);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        for (const value of columns) assert.ok(value >= low - 1e-4 && value <= high + 1e-4);
        for (const [p, centre] of centres.entries()) {
          if (centre >= 0 && centre < steps) assert.equal(columns[centre], Math.fround(values[p]!));
        }
      }),
    );
  });
});
