import assert from 'node:assert/strict';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import type { SeriesEdit } from '../../../src/views/panel/contract.ts';
import { KeptEdits } from '../../../src/views/panel/keptEdits.ts';

const series = (index: number, change: { hash?: string; value?: number; data?: string } = {}) =>
  ({
    instance: { id: `walk_${index}`, index },
    provenance: { data: change.data ?? 'test.csv', modelHash: change.hash ?? 'a' },
    signals: { input: Float32Array.of(index, change.value ?? 0) },
  }) as unknown as Explanation;
const masked = (from: number): SeriesEdit[] => [{ from, to: from + 1, features: null, what: 'mask' }];

describe('Changes of a series are kept', () => {
  const kept = new KeptEdits();
  before(() => {
    kept.keep(series(1), masked(1));
    kept.keep(series(2), masked(2));
  });

  it('for each instance, until they are taken back', () => {
    assert.deepEqual(kept.of(series(1)), masked(1));
    assert.deepEqual(kept.of(series(3)), []);
    kept.keep(series(1), []);
    assert.deepEqual(kept.of(series(1)), []);
    assert.deepEqual(kept.of(series(2)), masked(2));
  });

  it('not for another model, another file or other content', () => {
    for (const other of [{ hash: 'b' }, { data: 'train.csv' }, { value: 1 }])
      assert.deepEqual(kept.of(series(2, other)), []);
  });

  it('for fifty series, the oldest going first', () => {
    for (let index = 10; index < 60; index++) kept.keep(series(index), masked(index));
    assert.deepEqual(kept.of(series(2)), []);
    assert.deepEqual(kept.of(series(10)), masked(10));
  });
});
