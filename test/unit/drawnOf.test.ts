import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRandom, drawnOf } from '../../src/random.ts';

describe('instances drawn by chance', () => {
  it('are as many as are wanted, in the order of the file, none twice', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(100), fc.nat(1000), (of, most, seed) => {
        const drawn = [...drawnOf(of, most, createRandom(seed))];
        assert.equal(drawn.length, Math.min(of, most));
        assert.ok(drawn.every((one, i) => one >= 0 && one < of && (i === 0 || one > drawn[i - 1]!)));
      }),
    );
  });

  it('hold each class of a file sorted by class in about its share', () => {
    const drawn = [...drawnOf(370, 60, createRandom(1))];
    const last = drawn.filter((one) => one >= 185).length;
    // 30 of 60 are expected, with a deviation of 3.5.
    assert.ok(last > 18 && last < 42, `${last}`);
  });
});
