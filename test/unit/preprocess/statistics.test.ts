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
