import assert from 'node:assert/strict';
import { batchSaid, batchSize } from '../../../src/training/batchSize.ts';
import type { TrainingSeries } from '../../../src/training/series.ts';

function series(count: number, numbers: number): TrainingSeries[] {
  const one = { x: new Float32Array(numbers), mask: new Uint8Array(1), label: 0 };
  return Array.from({ length: count }, () => one as TrainingSeries);
}

describe('series per step of a training', () => {
  it('are 32, or as many as fit into 720 MB, whatever the file', () => {
    assert.equal(batchSize(20e6, series(1000, 2000)), 32);
    assert.equal(batchSize(30e6, series(61, 6000)), 24);
    assert.equal(batchSize(300e6, []), 2);
    assert.equal(batchSize(400e6, []), 1);
  });

  it('are fewer beside a large file, never fewer than 2 that fit without it', () => {
    const large = series(5000, 8000);
    assert.equal(batchSize(1e6, large), 32);
    assert.equal(batchSize(8e6, large), 20);
    assert.equal(batchSize(100e6, large), 2);
    assert.equal(batchSize(8e6, series(10, 10), true), 20);
    assert.equal(batchSize(400e6, large), 1);
  });

  it('are refused where not even one fits, with the ways out', () => {
    assert.throws(
      () => batchSize(1.55e9, []),
      ({ code, message }: Error & { code: string }) =>
        code === 'no-memory' && /about 1550 MB.*720 MB.*"window".*fewer filters/.test(message),
    );
  });

  it('are said where they are fewer than there could be', () => {
    assert.equal(batchSaid(32, 1e6, 100), undefined);
    assert.equal(batchSaid(20, 1e6, 20), undefined);
    assert.match(
      batchSaid(8, 90e6, 20)!,
      /^Each step of the training learns from 8 series, not from 32: one takes about 90 MB/,
    );
  });
});
