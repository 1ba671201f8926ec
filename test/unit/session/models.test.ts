import assert from 'node:assert/strict';
import type { DataSummary } from '../../../src/engine/contract.ts';
import { fitOf } from '../../../src/engine/fit.ts';
import { FRESH, forModel, staysWhenRefused } from '../../../src/session/core/selection.ts';
import { EMPTY_SUMMARY } from '../engine/emptySummary.ts';

const data = (features: number, lengths: readonly number[]): DataSummary => ({
  ...EMPTY_SUMMARY,
  path: 'walk.csv',
  layout: 'long',
  features: Array.from({ length: features }, (_, index) => `f${index}`),
  instances: lengths.map((length, index) => ({ id: String(index), index, length })),
});

describe('A model and a file', () => {
  it('fit when the features are as many', () => {
    assert.deepEqual(fitOf({ features: 3, steps: 10 }, data(3, [4, 10])), {
      fits: true,
      because: 'takes 3 features × 10 steps',
    });
    assert.equal(fitOf({ features: 3, steps: null }, data(3, [999])).fits, true);
  });

  it('do not fit otherwise, with both numbers said', () => {
    assert.deepEqual(fitOf({ features: 3, steps: 10 }, data(4, [4])), {
      fits: false,
      because: 'takes 3 features × 10 steps, the file has 4',
    });
  });

  it('fit where series are longer, which is said', () => {
    const { fits, because } = fitOf({ features: 3, steps: 10 }, data(3, [4, 11]));
    assert.ok(fits);
    assert.match(because, /longest series has 11/);
  });
});

describe('A selection', () => {
  const picked = { ...FRESH, layer: 'conv1', target: 1, instance: 7, madeFor: 'a.onnx' };

  it('keeps layer and class on the model they were picked on', () => {
    assert.deepEqual(forModel(picked, 'a.onnx'), picked);
  });

  it('loses them on another model, and nothing else', () => {
    assert.deepEqual(forModel(picked, 'b.onnx'), {
      ...picked,
      layer: undefined,
      target: undefined,
      against: undefined,
      madeFor: 'b.onnx',
    });
  });

  it('goes to an instance even when it cannot be explained', () => {
    assert.equal(staysWhenRefused({ instance: 3 }), true);
    assert.equal(staysWhenRefused({ layer: 'nonsense' }), false);
  });
});
