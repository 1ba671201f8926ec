import assert from 'node:assert/strict';
import { prepare } from '../../../src/preprocess/prepare.ts';

const names = ['ax', 'ay', 'az'];
const steps = 40;

/** A series whose features swing around `mean` by about `spread`. */
function series(mean: readonly number[], spread: readonly number[]): Float64Array {
  return Float64Array.from({ length: 3 * steps }, (_, at) => {
    const feature = Math.floor(at / steps);
    return mean[feature]! + spread[feature]! * Math.sin(at * (1 + feature)) * Math.SQRT2;
  });
}

function said(values: Float64Array, mean: number[], std: number[]): string | undefined {
  const instance = { id: 'a', index: 0, length: steps, values };
  const { findings } = prepare(
    { features: names },
    instance,
    { features: 3, steps },
    { steps: [{ kind: 'standardize', by: 'given', mean, std }], mask: { kind: 'auto' } },
  );
  return findings.find(({ code }) => code === 'statistics-doubt')?.sentence;
}

describe('statistics of attribution.json against the data', () => {
  const mean = [9.8, -20, 400];
  const std = [1, 2, 30];

  it('says nothing of data like those they were taken from, whatever one series does', () => {
    assert.equal(said(series(mean, std), mean, std), undefined);
    assert.equal(said(series([12, -25, 350], [3, 0.4, 60]), mean, std), undefined);
    // One sensor that hangs is no reason.
    assert.equal(said(series([9.8, -20, 0], std), mean, std), undefined);
    assert.equal(said(series(mean, [0, 0, 0]), mean, std), undefined);
  });

  it('knows data that are standardised already, with both numbers', () => {
    const sentence = said(series([0, 0.1, -0.2], [1, 0.9, 1.1]), mean, std);
    assert.match(
      sentence ?? '',
      /mean 400 and deviation 30 of az, but here it has mean -0\.\d+ and deviation 1\.\d+/,
    );
    assert.match(sentence ?? '', /standardised already/);
  });

  it('knows other units and another order of the features', () => {
    const other = said(series([9800, -20000, 400000], [1000, 2000, 30000]), mean, std);
    assert.match(other ?? '', /\(3 of 3 features lie far off\): check units, order/);
    assert.match(
      said(series([-20, 400, 9.8], [2, 30, 1]), mean, std) ?? '',
      /check units, order of the features/,
    );
  });
});
