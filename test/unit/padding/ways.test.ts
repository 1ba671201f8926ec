import assert from 'node:assert/strict';
import { type Content, carried, type Way } from '../../../src/padding/ways.ts';
import { createRandom } from '../../../src/random.ts';

/** Two features over five steps: 0..4 and 10..14. */
const content: Content = { real: Float32Array.of(0, 1, 2, 3, 4, 10, 11, 12, 13, 14), length: 5 };
const other: Content = { real: Float32Array.of(7, 8, 17, 18), length: 2 };

describe('ways into another length', () => {
  const random = createRandom(1);
  const go = (way: Way, to: number) => [
    ...carried(content, to, way, random.integer(1000) / 1000, () => other),
  ];
  const rows = (series: number[]) => [series.slice(0, series.length / 2), series.slice(series.length / 2)];

  it('stretch keeps both ends', () => {
    assert.deepEqual(go('stretch', 3), [0, 2, 4, 10, 12, 14]);
  });

  it('crop takes every window there is, the same for all features', () => {
    const seen = new Set<number>();
    for (let k = 0; k < 50; k++) {
      const [a, b] = rows(go('crop', 3));
      seen.add(a![0]!);
      assert.deepEqual(
        a,
        [0, 1, 2].map((t) => a![0]! + t),
      );
      assert.deepEqual(
        b,
        a!.map((value) => value + 10),
      );
    }
    assert.deepEqual([...seen].sort(), [0, 1, 2]);
  });

  it('reflect holds the whole content and turns round at its ends', () => {
    const seen = new Set<string>();
    for (let k = 0; k < 50; k++) seen.add(rows(go('reflect', 7))[0]!.join(' '));
    assert.deepEqual([...seen].sort(), ['0 1 2 3 4 3 2', '1 0 1 2 3 4 3', '2 1 0 1 2 3 4']);
    assert.deepEqual(
      [...carried({ real: Float32Array.of(5), length: 1 }, 3, 'reflect', 0.9, () => other)],
      [5, 5, 5],
    );
  });

  it('continue goes on with another of the class, and takes a window of both', () => {
    const seen = new Set<string>();
    for (let k = 0; k < 80; k++) seen.add(rows(go('continue', 6))[0]!.join(' '));
    assert.deepEqual([...seen].sort(), ['0 1 2 3 4 7', '1 2 3 4 7 8']);
  });

  it('every way leaves a content of the same length alone', () => {
    for (const way of ['stretch', 'crop', 'reflect', 'continue'] as const)
      assert.deepEqual(go(way, 5), [...content.real]);
  });
});
