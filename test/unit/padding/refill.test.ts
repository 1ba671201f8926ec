import assert from 'node:assert/strict';
import fc from 'fast-check';
import { realSteps } from '../../../src/attribution/realSteps.ts';
import { otherSide, paddedTo, thereAndBack } from '../../../src/padding/move.ts';
import { padSide } from '../../../src/padding/padSide.ts';
import {
  channelMean,
  lastValue,
  noise,
  ownChannelMean,
  refill,
  reflect,
} from '../../../src/padding/refill.ts';
import { resample } from '../../../src/padding/resample.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { createRandom } from '../../../src/random.ts';

const one = (values: number[], mask: number[]): Case => ({
  id: 'a',
  index: 0,
  x: Float32Array.from(values),
  mask: Uint8Array.from(mask),
  length: mask.filter(Boolean).length,
  label: null,
});
const shape = { features: 1, steps: 8 };
const end = one([1, 2, 4, 0, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0, 0, 0]);
const front = one([0, 0, 0, 0, 0, 1, 2, 4], [0, 0, 0, 0, 0, 1, 1, 1]);
const middle = one([1, 2, 0, 0, 0, 3, 5, 7], [1, 1, 0, 0, 0, 1, 1, 1]);

describe('refilling the padding', () => {
  it('repeats the real value next to it', () => {
    assert.deepEqual([...refill(end, shape, lastValue(end, shape))], [1, 2, 4, 4, 4, 4, 4, 4]);
    assert.deepEqual([...refill(front, shape, lastValue(front, shape))], [1, 1, 1, 1, 1, 1, 2, 4]);
    assert.deepEqual([...refill(middle, shape, lastValue(middle, shape))], [1, 2, 2, 2, 2, 3, 5, 7]);
  });

  it('reflects again and again, as numpy.pad does', () => {
    assert.deepEqual([...refill(end, shape, reflect(end, shape))], [1, 2, 4, 2, 1, 2, 4, 2]);
    // np.pad([1, 2, 4], (5, 0), mode='reflect')
    assert.deepEqual([...refill(front, shape, reflect(front, shape))], [2, 1, 2, 4, 2, 1, 2, 4]);
    const single = one([5, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual([...refill(single, shape, reflect(single, shape))], Array(8).fill(5));
  });

  it('uses the mean of the instance, of the channel, ± 1 sd', () => {
    const units = { mean: Float64Array.of(10), sd: Float64Array.of(2), rawZero: null };
    assert.equal(refill(end, shape, ownChannelMean(end, shape))[5], Math.fround(7 / 3));
    assert.equal(refill(end, shape, channelMean(units, 0))[5], 10);
    assert.equal(refill(end, shape, channelMean(units, -1))[5], 8);
  });

  it('draws noise of the given spread, the same for the same seed', () => {
    const units = { mean: Float64Array.of(3), sd: Float64Array.of(0.5), rawZero: null };
    const wide = { features: 1, steps: 20000 };
    const long = one(Array(20000).fill(0), [1, ...Array(19999).fill(0)]);
    const drawn = refill(long, wide, noise(units, createRandom(7))).slice(1);
    const mean = drawn.reduce((sum, v) => sum + v, 0) / drawn.length;
    const sd = Math.sqrt(drawn.reduce((sum, v) => sum + (v - mean) ** 2, 0) / drawn.length);
    assert.ok(Math.abs(mean - 3) < 0.02 && Math.abs(sd - 0.5) < 0.01, `${mean} ${sd}`);
    assert.deepEqual(refill(long, wide, noise(units, createRandom(7))).slice(1), drawn);
  });

  it('never touches a real step', () => {
    const masks = fc
      .array(fc.constantFrom(0, 1), { minLength: 8, maxLength: 8 })
      .filter((m) => m.includes(1));
    fc.assert(
      fc.property(
        masks,
        fc.array(fc.float({ noNaN: true }), { minLength: 8, maxLength: 8 }),
        (mask, values) => {
          const some = one(values, mask);
          for (const fill of [lastValue(some, shape), reflect(some, shape), ownChannelMean(some, shape)]) {
            const x = refill(some, shape, fill);
            assert.deepEqual([...realSteps({ ...some, x }, shape)], [...realSteps(some, shape)]);
          }
        },
      ),
    );
  });
});

describe('moving the padding', () => {
  it('knows the side', () => {
    assert.deepEqual(
      [end, front, middle].map(({ mask }) => padSide(mask)),
      ['end', 'front', 'middle'],
    );
    assert.equal(padSide(Uint8Array.of(0, 1, 0)), 'both');
    assert.equal(padSide(Uint8Array.of(1, 1)), 'none');
  });

  it('goes to the other side and back', () => {
    assert.deepEqual([...otherSide(end, shape)!.x], [...front.x]);
    assert.deepEqual([...otherSide(front, shape)!.x], [...end.x]);
    assert.deepEqual(otherSide(end, shape)!.mask, front.mask);
    assert.equal(otherSide(middle, shape), null);
  });

  it('at both ends goes to the end that has less of it', () => {
    const both = (mask: readonly number[], x: readonly number[]) =>
      otherSide(
        { ...end, x: Float32Array.from(x), mask: Uint8Array.from(mask), length: 2 },
        { features: 1, steps: 5 },
      )!;
    const toEnd = both([0, 0, 1, 1, 0], [9, 9, 1, 2, 9]);
    assert.deepEqual(
      [[...toEnd.x], [...toEnd.mask]],
      [
        [1, 2, 9, 9, 9],
        [1, 1, 0, 0, 0],
      ],
    );
    const toFront = both([0, 1, 1, 0, 0], [9, 1, 2, 9, 9]);
    assert.deepEqual(
      [[...toFront.x], [...toFront.mask]],
      [
        [9, 9, 9, 1, 2],
        [0, 0, 0, 1, 1],
      ],
    );
  });

  it('pads on the same side', () => {
    assert.deepEqual([...paddedTo(end, shape, 10, () => 9)], [1, 2, 4, 0, 0, 0, 0, 0, 9, 9]);
    assert.deepEqual([...paddedTo(front, shape, 10, () => 9)], [9, 9, 0, 0, 0, 0, 0, 1, 2, 4]);
    assert.deepEqual([...paddedTo(front, shape, 4, () => 9)], [0, 1, 2, 4]);
  });
});

describe('resampling', () => {
  it('agrees with numpy.interp', () => {
    // np.interp(np.linspace(0, 3, 7), np.arange(4), [0, 2, 1, 5])
    assert.deepEqual([...resample(Float32Array.of(0, 2, 1, 5), 4, 7)], [0, 1, 2, 1.5, 1, 3, 5]);
    // np.linspace(0, 3, 1) is [0]
    assert.deepEqual([...resample(Float32Array.of(4, 2, 1, 5), 4, 1)], [4]);
    assert.deepEqual([...resample(Float32Array.of(4), 1, 3)], [4, 4, 4]);
  });

  it('goes there and back unchanged when the way is longer by whole steps', () => {
    assert.deepEqual([...thereAndBack(end, 5, shape)], [...end.x]);
  });
});
