import assert from 'node:assert/strict';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { trainFromScratch } from '../../../src/training/fromScratch.ts';

const SHAPE = { features: 2, steps: 12 };

/** Series that any network learns: one class is higher than the other. */
const series = Array.from({ length: 24 }, (_, n) => ({
  x: Float32Array.from({ length: 24 }, (_, i) => (n % 2 ? 1 : -1) + Math.sin(n + i)),
  mask: new Uint8Array(12).fill(1),
  label: n % 2,
}));

describe('a training whose loss becomes no number', () => {
  const trained = async (held: typeof series, rate: number) => {
    const network = newNetwork('fcn', { ...SHAPE, classes: 2 }, 1, 4);
    const runtime = await openOnnxRuntimeNode();
    const parts = { train: series, held };
    const found = await trainFromScratch(network, runtime, SHAPE, parts, { epochs: 5, seed: 1, rate });
    return { network, found };
  };

  it('stops with the weights before those that gave it, and says at which step and rate', async () => {
    for (const held of [[], series.slice(0, 6)]) {
      const { network, found } = await trained(held, 1e30);
      assert.equal(found.ended, 'diverged');
      // 24 series are one step of an epoch: the first one moves the weights, the second cannot be answered.
      assert.equal(found.divergedAt!.step, 2);
      assert.ok(Math.abs(found.divergedAt!.rate / 1e30 - (1 + Math.cos(Math.PI / 5)) / 2) < 1e-9);
      assert.equal(found.best, -1);
      for (const [name, value] of network.constants) {
        assert.deepEqual(numbers(found.graph.constants.get(name)!), numbers(value), name);
      }
    }
  });

  it('and goes to its end at a rate of ours', async () => {
    const { found } = await trained([], 1e-3);
    assert.deepEqual([found.ended, found.best], ['epochs', 4]);
  });
});
