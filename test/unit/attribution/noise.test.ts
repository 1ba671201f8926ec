import assert from 'node:assert/strict';
import { noises } from '../../../src/attribution/noise.ts';
import { createRandom } from '../../../src/random.ts';

describe('noise of a seed', () => {
  const take = (all: Iterator<Float32Array>, count: number) =>
    Array.from({ length: count }, () => all.next().value as Float32Array);

  function plain(seed: number, size: number, count: number): Float32Array[] {
    const random = createRandom(seed);
    return Array.from({ length: count }, () => Float32Array.from({ length: size }, () => random.normal()));
  }

  it('is the same whoever asks, in whatever turns', () => {
    const [first, second] = [noises(7, 5), noises(7, 5)];
    const turns = [take(first, 2), take(second, 3), take(first, 3), take(noises(8, 5), 1), take(second, 2)];
    assert.deepEqual([...turns[0]!, ...turns[2]!], plain(7, 5, 5));
    assert.deepEqual([...turns[1]!, ...turns[4]!], plain(7, 5, 5));
    assert.deepEqual(turns[3], plain(8, 5, 1));
  });

  it('goes on behind what is kept', () => {
    assert.deepEqual(take(noises(3, 5, 12), 4), plain(3, 5, 4));
    assert.deepEqual(take(noises(3, 5), 6), plain(3, 5, 6));
  });
});
