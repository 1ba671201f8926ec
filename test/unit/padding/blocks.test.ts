import assert from 'node:assert/strict';
import { forBootstrap, rowsIn } from '../../../src/padding/blocks.ts';
import { bootstrapMean } from '../../../src/padding/estimate.ts';
import { createRandom } from '../../../src/random.ts';

describe('Bootstraps of very many instances', () => {
  it('leave few as they are', () => {
    const rows = Float64Array.from({ length: 30 }, (_, i) => i);
    assert.deepEqual(forBootstrap(rowsIn(rows, 3), 3, createRandom(1)), rows);
  });

  it('keep the mean, column by column', () => {
    const rows = Float64Array.from({ length: 2 * 12_000 }, (_, i) => (i % 2 ? 1 : i));
    const blocks = forBootstrap(rowsIn(rows, 2), 2, createRandom(1));
    assert.equal(blocks.length, 2 * 2000);
    const means = [0, 1].map((at) => blocks.reduce((sum, v, i) => (i % 2 === at ? sum + v : sum), 0) / 2000);
    assert.ok(Math.abs(means[0]! - 11_999) < 1e-6 && Math.abs(means[1]! - 1) < 1e-12, `${means}`);
  });

  it('give the interval that the central limit theorem gives, sorted or not', () => {
    const random = createRandom(7);
    // Exponential: skewed, with variance 1.
    const values = Array.from({ length: 40_000 }, () => -Math.log(1 - random.integer(2 ** 30) / 2 ** 30));
    for (const each of [values, values.toSorted((a, b) => a - b)]) {
      const { value, interval } = bootstrapMean(each, createRandom(3));
      const sd = Math.sqrt(each.reduce((sum, v) => sum + (v - value) ** 2, 0) / each.length);
      const half = (1.96 * sd) / Math.sqrt(each.length);
      for (const [end, sign] of [
        [interval[0], -1],
        [interval[1], 1],
      ] as const) {
        assert.ok(
          Math.abs(end - (value + sign * half)) < 0.12 * half,
          `${interval} around ${value}, not ±${half}`,
        );
      }
    }
  });
});
