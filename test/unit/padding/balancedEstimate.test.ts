import assert from 'node:assert/strict';
import { balancedAccuracy } from '../../../src/padding/balancedAccuracy.ts';
import { balancedEstimate } from '../../../src/padding/balancedEstimate.ts';
import { wilsonRate } from '../../../src/padding/estimate.ts';
import { createRandom } from '../../../src/random.ts';

/** k of n right per class. */
const answered = (...classes: readonly (readonly [k: number, n: number])[]) => ({
  right: classes.flatMap(([k, n]) => Array.from({ length: n }, (_, i) => (i < k ? 1 : 0))),
  labels: classes.flatMap(([, n], label) => Array<number>(n).fill(label)),
});
const intervalOf = (...classes: readonly (readonly [number, number])[]) => {
  const { right, labels } = answered(...classes);
  return balancedEstimate(right, labels).interval;
};
const near = (found: readonly number[], wanted: readonly number[]) =>
  found.forEach((value, i) => {
    assert.ok(Math.abs(value - wanted[i]!) < 5e-5, `${found}`);
  });

describe('the interval of a balanced accuracy', () => {
  it("is Wilson's of one class, and on paper of more", () => {
    // 1 of 1: Wilson from 1 / (1 + z²) = .206549; of two such classes 1 − .793451 / √2.
    near(intervalOf([1, 1]), [0.206549, 1]);
    near(intervalOf([1, 1], [1, 1]), [0.438945, 1]);
    near(intervalOf([1, 1], [0, 1]), [0.5 - 0.396725, 0.5 + 0.396725]);
    // 8 of 10: Wilson [.490162, .943318]; ½√(.309838² + .793451²) = .425901 below .9, ½ · .143318 above.
    near(intervalOf([8, 10], [1, 1]), [0.474099, 0.971659]);
    assert.deepEqual(intervalOf([7, 9]), wilsonRate(7 / 9, 9).interval);
  });

  it('has the mean recall in it, and a width whatever is answered', () => {
    const random = createRandom(3);
    for (let round = 0; round < 200; round++) {
      const labels = Array.from({ length: 1 + random.integer(12) }, () => random.integer(3));
      const right = labels.map(() => random.integer(2));
      const { value, interval } = balancedEstimate(right, labels);
      assert.ok(Math.abs(value - balancedAccuracy(right, labels)) < 1e-12);
      assert.ok(interval[0] <= value && value <= interval[1] && interval[1] - interval[0] > 0.1);
    }
  });

  it('holds the truth as often as it says, by all outcomes of all recalls, one instance or twenty of a class', () => {
    const recalls = Array.from({ length: 13 }, (_, i) => 0.02 + 0.08 * i);
    for (const [n, m] of [
      [1, 1],
      [1, 20],
      [5, 5],
      [20, 20],
    ] as const) {
      const outcomes = Array.from({ length: (n + 1) * (m + 1) }, (_, at) => {
        const [a, b] = [Math.floor(at / (m + 1)), at % (m + 1)];
        return { a, b, interval: intervalOf([a, n], [b, m]) };
      });
      let held = 0;
      for (const p of recalls)
        for (const q of recalls)
          for (const { a, b, interval } of outcomes)
            if (interval[0] <= (p + q) / 2 && (p + q) / 2 <= interval[1])
              held += (binomial(a, n, p) * binomial(b, m, q)) / recalls.length ** 2;
      assert.ok(held > 0.935 && held < 0.965, `${n} and ${m}: ${held}`);
    }
  });
});

function binomial(k: number, n: number, p: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways *= (n - k + i) / i;
  return ways * p ** k * (1 - p) ** (n - k);
}
