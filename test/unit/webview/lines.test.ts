import assert from 'node:assert/strict';
import fc from 'fast-check';
import { profile, strongestRows } from '../../../src/attribution/profile.ts';
import { decimate } from '../../../src/data/decimate.ts';
import { shortened } from '../../../webview/chart/shortened.ts';

describe('Decimated lines', () => {
  it('are the values themselves where there is room', () => {
    assert.deepEqual(decimate([9, 9, 1, 2, 3], 2, 0, 3, 10), [
      { x: 0, y: 1 },
      { x: 1, y: 2 },
      { x: 2, y: 3 },
    ]);
  });

  it('keep the lowest and highest value of every pixel, in order, and stay few', () => {
    const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 200,
      maxLength: 2000,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (list, pixels) => {
        const points = decimate(list, 0, 0, list.length, pixels);
        assert.ok(points.length <= 3 * pixels);
        for (const [i, { x, y }] of points.entries()) {
          assert.equal(y, list[x]);
          assert.ok(i === 0 || x > points[i - 1]!.x);
        }
        const size = list.length / pixels;
        for (let bin = 0; bin < pixels; bin++) {
          const [from, to] = [Math.floor(bin * size), Math.floor((bin + 1) * size)];
          const kept = points.filter(({ x }) => x >= from && x < to).map(({ y }) => y);
          // −0 is as low and as high as 0.
          const held = list.slice(from, to);
          assert.equal(Math.min(...kept) + 0, Math.min(...held) + 0);
          assert.equal(Math.max(...kept) + 0, Math.max(...held) + 0);
        }
      }),
    );
  });

  it('break where a value is missing', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i === 500 ? Number.NaN : i));
    const points = decimate(values, 0, 0, 1000, 20);
    assert.ok(points.some(({ x, y }) => x === 500 && Number.isNaN(y)));
  });
});

describe('The profile', () => {
  it('of a time map is the map', () => {
    const values = Float32Array.of(1, 2, 3);
    assert.equal(profile({ values, rows: 1, columns: 3 }), values);
  });

  it('of a feature × time map is the mean over features, without what is not a number', () => {
    const values = Float32Array.of(1, Number.NaN, -4, 3, 6, Number.NaN);
    const means = profile({ values, rows: 2, columns: 3 });
    assert.deepEqual([...means], [2, 6, -4]);
    assert.ok(
      Number.isNaN(profile({ values: Float32Array.of(Number.NaN, Number.NaN), rows: 2, columns: 1 })[0]),
    );
  });
});

describe('The strongest features', () => {
  const map = { values: Float32Array.of(1, 9, -3, 0, 2, 0), rows: 3, columns: 2 };

  it('are ordered by what they hold on real steps, sign aside', () => {
    assert.deepEqual(strongestRows(map, Uint8Array.of(1, 0)), [1, 2, 0]);
    assert.deepEqual(strongestRows(map, Uint8Array.of(1, 1)), [0, 1, 2]);
  });

  it('count every step where none is real', () => {
    assert.deepEqual(strongestRows(map, Uint8Array.of(0, 0)), [0, 1, 2]);
  });
});

describe('Shortened text', () => {
  const measure = { measureText: (text: string) => ({ width: text.length * 10 }) };

  it('fits, with an ellipsis only where something is cut', () => {
    assert.equal(shortened('pelvis_x', 80, measure), 'pelvis_x');
    assert.equal(shortened('pelvis_x', 50, measure), 'pe…_x');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 10, max: 200 }), (text, width) => {
        assert.ok(measure.measureText(shortened(text, width, measure)).width <= width);
      }),
    );
  });
});
