import assert from 'node:assert/strict';
import { boundedMean, pairedChange } from '../../../src/padding/boundedMean.ts';
import { createRandom } from '../../../src/random.ts';

/** Probability of each number of gains and losses among n. */
function* outcomes(n: number, gain: number, loss: number) {
  const logs = [0];
  for (let k = 1; k <= n; k++) logs.push(logs[k - 1]! + Math.log(k));
  const of = (p: number, k: number) => (k === 0 ? 0 : k * Math.log(p));
  for (let g = 0; g <= n; g++) {
    for (let l = 0; g + l <= n; l++) {
      const rest = n - g - l;
      const ways = logs[n]! - logs[g]! - logs[l]! - logs[rest]!;
      yield { g, l, p: Math.exp(ways + of(gain, g) + of(loss, l) + of(1 - gain - loss, rest)) };
    }
  }
}

const pair = (n: number, gained: number, lost: number) =>
  pairedChange(
    Array.from({ length: n }, (_, i) => Number(i >= gained && i < gained + lost)),
    Array.from({ length: n }, (_, i) => Number(i < gained)),
  );

describe('The interval of a mean of bounded numbers', () => {
  it('of paired answers is that of Bonett and Price', () => {
    // (1 + 8) / 42, (1 + 2) / 42: difference 6 / 42, variance (12 / 42 - (6 / 42)²) / 42.
    const half = 1.959964 * Math.sqrt((12 / 42 - (6 / 42) ** 2) / 42);
    const { value, interval, n } = pair(40, 8, 2);
    assert.deepEqual([value, n], [6 / 40, 40]);
    assert.ok(
      Math.abs(interval[0] - (6 / 42 - half)) < 1e-12 && Math.abs(interval[1] - (6 / 42 + half)) < 1e-12,
    );
  });

  it('is not nothing where no answer changes, and stays within its ends', () => {
    const none = pair(90, 0, 0).interval;
    assert.ok(none[0] < -0.02 && none[1] > 0.02, `${none}`);
    const all = boundedMean(new Float64Array(20).fill(1));
    assert.ok(all.value === 1 && all.interval[1] === 1 && all.interval[0] < 0.9);
    assert.deepEqual(pair(3, 3, 0).interval[1], 1);
  });

  it('covers the true change of pairs in 93 of 100 at the least, whatever it is', () => {
    for (const n of [20, 60, 90])
      for (const [gain, loss] of [
        [0.02, 0.001],
        [0.05, 0.001],
        [0.03, 0.03],
        [0.1, 0.05],
        [0.4, 0.1],
      ] as const) {
        let covered = 0;
        for (const { g, l, p } of outcomes(n, gain, loss)) {
          const [low, high] = pair(n, g, l).interval;
          if (low <= gain - loss && gain - loss <= high) covered += p;
        }
        assert.ok(covered > 0.93, `${n}, ${gain}, ${loss}: ${covered}`);
      }
  });

  it('covers the true mean of thirds in 92 of 100 at the least, in 1,000 draws', () => {
    const random = createRandom(11);
    for (const n of [20, 60])
      for (const rate of [0.5, 0.8, 0.95]) {
        let covered = 0;
        for (let draw = 0; draw < 1000; draw++) {
          const thirds = Array.from({ length: n }, () => {
            const right = [0, 1, 2].filter(() => random.integer(1000) < 1000 * rate);
            return right.length / 3;
          });
          const [low, high] = boundedMean(thirds).interval;
          if (low <= rate && rate <= high) covered++;
        }
        assert.ok(covered > 920, `${n}, ${rate}: ${covered}`);
      }
  });
});
