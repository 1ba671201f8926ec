import assert from 'node:assert/strict';
import { batchSize } from '../../../src/training/batchSize.ts';
import type { TrainingSeries } from '../../../src/training/series.ts';

type Model = Parameters<typeof batchSize>[0];

/** One layer that gives so many values of each of two instances. */
function network(values: number): Model {
  const dims = () => [2, values];
  return { graph: { nodes: [{ outputs: ['layer'] }] }, shapes: { batch: 2, dims } } as unknown as Model;
}

function series(count: number, numbers: number): TrainingSeries[] {
  const one = { x: new Float32Array(numbers), mask: new Uint8Array(1), label: 0 };
  return Array.from({ length: count }, () => one as TrainingSeries);
}

describe('series per step of a training', () => {
  it('are 32 where all fit into memory prepared, however wide the network', () => {
    assert.equal(batchSize(network(2 ** 23), series(1000, 2000)), 32);
    assert.equal(batchSize(network(2 ** 23), []), 32);
  });

  it('are fewer beside a large file where its layers are wide, never fewer than 2', () => {
    const large = series(5000, 8000);
    assert.equal(batchSize(network(100_000), large), 32);
    // 160e6 / (4 · 2 · 1e6)
    assert.equal(batchSize(network(1_000_000), large), 20);
    assert.equal(batchSize(network(2 ** 23), large), 2);
    assert.equal(batchSize(network(1_000_000), series(10, 10), true), 20);
  });
});
