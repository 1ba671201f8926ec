import assert from 'node:assert/strict';
import type { Aligned } from '../../../src/overview/align.ts';
import { Moments } from '../../../src/overview/moments.ts';
import { createRandom } from '../../../src/random.ts';

/** Column 1 is missing in every third one. */
function made(rows: number, columns: number, index: number, random: () => number): Aligned {
  const covered = Uint8Array.from({ length: columns }, (_, column) =>
    index % 3 === 0 && column === 1 ? 0 : 1,
  );
  return { columns, covered, values: Float64Array.from({ length: rows * columns }, random) };
}

describe('Mean and standard error of maps', () => {
  const random = createRandom(2);
  const [rows, factor] = [3, 0.5];
  const all = Array.from({ length: 40 }, (_, i) =>
    made(rows, 2 + ((7 * i) % 11), i, () => 1e6 + random.normal()),
  );

  /** The textbook way, with all values at hand. */
  function direct(column: number, row: number) {
    const values = all
      .filter(({ columns, covered }) => column < columns && covered[column] === 1)
      .map((one) => factor * one.values[column * rows + row]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { n: values.length, mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
  }

  function agrees(moments: Moments): void {
    const { n, mean, error } = moments.read(false);
    assert.equal(moments.columns, Math.max(...all.map(({ columns }) => columns)));
    for (let column = 0; column < moments.columns; column++) {
      for (let row = 0; row < rows; row++) {
        const expected = direct(column, row);
        const i = row * moments.columns + column;
        assert.equal(n[column], expected.n);
        // Values near a million that differ by one: sums of squares would have lost them.
        assert.ok(Math.abs(mean[i]! / expected.mean - 1) < 1e-6);
        assert.ok(Math.abs(error[i]! / expected.error - 1) < 1e-6, `${error[i]} and ${expected.error}`);
      }
    }
  }

  it('are those of all values at once', () => {
    const moments = new Moments(rows);
    for (const one of all) moments.add(one, factor);
    agrees(moments);
  });

  it('are the same where groups are merged', () => {
    const groups = Array.from({ length: 3 }, () => new Moments(rows));
    for (const [i, one] of all.entries()) groups[i % 3]!.add(one, factor);
    const moments = new Moments(rows);
    for (const group of groups) moments.merge(group);
    agrees(moments);
  });

  it('are not made up: no instance no mean, one instance no error', () => {
    const moments = new Moments(1);
    moments.add({ columns: 3, values: Float64Array.of(1, 9, 2), covered: Uint8Array.of(1, 0, 1) }, 1);
    moments.add({ columns: 1, values: Float64Array.of(3), covered: Uint8Array.of(1) }, 1);
    const { n, mean, error } = moments.read(false);
    assert.deepEqual([...n], [2, 0, 1]);
    assert.deepEqual([...mean], [2, Number.NaN, 2]);
    assert.deepEqual([...error], [1, Number.NaN, Number.NaN]);
    assert.deepEqual([...moments.read(true).n], [1, 0, 2]);
  });
});
