import assert from 'node:assert/strict';
import { resolveSteps } from '../../../src/preprocess/resolveSteps.ts';
import { fitStatistics } from '../../../src/preprocess/statistics.ts';
import { instance, pad, run } from './prepare/run.ts';

describe('statistics', () => {
  it('are those of the real steps, and NaN is left out', () => {
    const instances = [
      instance(
        [
          [1, 3, 999],
          [7, 7, 7],
        ],
        { mask: Uint8Array.of(1, 1, 0) },
      ),
      instance([
        [5, Number.NaN],
        [7, 7],
      ]),
    ];
    const { mean, std } = fitStatistics({ features: ['a', 'b'], instances });
    assert.deepEqual(mean, [3, 7]);
    assert.ok(Math.abs(std[0]! - Math.sqrt(8 / 3)) < 1e-15);
    assert.equal(std[1], 0);
  });

  it('keep their digits on large offsets', () => {
    const { std } = fitStatistics({
      features: ['a'],
      instances: [instance([[1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3]])],
    });
    assert.ok(Math.abs(std[0]! - Math.sqrt(1.25)) < 1e-12);
  });

  it('are numbers however large or small the values are', () => {
    for (const unit of [1e307, 1e200, 1e-200, 1e-300]) {
      const values = Array.from({ length: 40 }, (_, i) => (i % 2 ? 5 : 3) * unit);
      const { mean, std } = fitStatistics({ features: ['a'], instances: [instance([values])] });
      assert.ok(Math.abs(mean[0]! / unit - 4) < 1e-12, `${unit}: ${mean}`);
      assert.ok(Math.abs(std[0]! / unit - 1) < 1e-12, `${unit}: ${std}`);
    }
  });

  it('from a training file are matched by name', async () => {
    const training = {
      features: ['b', 'a'],
      instances: [
        instance([
          [10, 20],
          [1, 3],
        ]),
      ],
    };
    const steps = await resolveSteps(
      [{ kind: 'standardize', by: 'file', from: '/train.csv' }, pad],
      async (path) => {
        assert.equal(path, '/train.csv');
        return { ...training, format: 'csv', layout: 'single', findings: [] };
      },
    );
    const prepared = run([[3], [25]], 1, { steps }, {}, ['a', 'b']);
    assert.deepEqual([...prepared.x], [1, 2]);
  });
});
