import assert from 'node:assert/strict';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { withParameters } from '../../../src/graph/parameters.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { trainFromScratch } from '../../../src/training/fromScratch.ts';
import { balancedWeights } from '../../../src/training/targets.ts';

const SHAPE = { features: 1, steps: 4 };

/** Always p = (1/4, 3/4). */
const network = withParameters(newNetwork('lstm', { ...SHAPE, classes: 2 }, 1, 2), [
  ['fc.weight', float32([2, 2], new Float32Array(4))],
  ['fc.bias', float32([2], Float32Array.of(0, Math.log(3)))],
]);
const series = [0, 0, 0, 1].map((label) => ({
  x: Float32Array.of(1, 2, 3, label),
  mask: Uint8Array.of(1, 1, 1, 1),
  label,
}));

describe('the loss of a training, on paper', () => {
  const [a, b] = [Math.log(4), Math.log(4 / 3)];
  const loss = async (options: { classWeights?: readonly number[]; smoothing?: number }) => {
    const parts = { train: series, held: [] };
    const runtime = await openOnnxRuntimeNode();
    const { curve } = await trainFromScratch(network, runtime, SHAPE, parts, {
      ...{ epochs: 1, seed: 1, ...options },
    });
    return curve[0]!.loss;
  };
  const is = (found: number, wanted: number) =>
    assert.ok(Math.abs(found - wanted) < 1e-6, `${found} for ${wanted}`);

  it('is the mean of −log p', async () => is(await loss({}), (3 * a + b) / 4));

  it('weighs balanced classes by n/(C·n of the class): 4/(2·3) and 4/(2·1)', async () => {
    const classWeights = balancedWeights([0, 0, 0, 1], 2);
    assert.deepEqual(classWeights, [2 / 3, 2]);
    is(await loss({ classWeights }), (3 * (2 / 3) * a + 2 * b) / 4);
  });

  it('smooths labels: 1 − ε + ε/C of the label, ε/C of the other', async () => {
    is(await loss({ smoothing: 0.1 }), (3 * (0.95 * a + 0.05 * b) + (0.95 * b + 0.05 * a)) / 4);
  });

  it('weighs a class without series by 1', () => {
    assert.deepEqual(balancedWeights([0, 0], 2), [0.5, 1]);
  });
});
