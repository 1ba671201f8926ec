import assert from 'node:assert/strict';
import { batchNormStatistics } from '../../../src/engine/audit/batchNorms.ts';
import type { OpenModel } from '../../../src/engine/models.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { batchNormFindings } from '../../../src/padding/batchNormShift.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { attribute, type NodeText, opCase } from '../gradient/opCase.ts';

const { int, ints } = attribute;
const STEPS = 8;

/** 4 real steps of 2 and 4, then zeros: mean 3 on real steps, 1.5 over all. */
const one: Case = {
  id: 'a',
  index: 0,
  x: Float32Array.of(2, 4, 2, 4, 0, 0, 0, 0),
  mask: Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0),
  length: 4,
  label: null,
};

/** x → Conv (channel 0: x, channel 1: −2x) → batch normalisation with the given running statistics → mean → 2 logits. */
async function model(mean: readonly [number, number], variance: readonly [number, number], rank: 1 | 2 = 1) {
  const conv: readonly NodeText[] =
    rank === 1
      ? [['Conv', 'x w', 'c']]
      : [
          ['Unsqueeze', 'x two', 'u'],
          ['Conv', 'u w', 'c'],
        ];
  const { graph } = opCase(
    'bn',
    [2, 1, STEPS],
    [
      ...conv,
      ['BatchNormalization', 'c scale shift mean variance', 'n'],
      ['Relu', 'n', 'r'],
      ['ReduceMean', 'r', 'm', { axes: ints(rank === 1 ? [2] : [2, 3]), keepdims: int(0) }],
      ['Gemm', 'm w3', 'y'],
    ],
    {
      constants: {
        w: float32(rank === 1 ? [2, 1, 1] : [2, 1, 1, 1], [1, -2]),
        two: { dtype: 'int64', dims: [1], data: BigInt64Array.of(2n) },
        scale: float32([2], [1, 1]),
        shift: float32([2], [0, 0]),
        mean: float32([2], [...mean]),
        variance: float32([2], [...variance]),
        w3: float32([2, 2], [1, -1, -1, 1]),
      },
    },
  );
  const runtime = await openOnnxRuntimeNode();
  const outputs = [{ name: 'y', dtype: 'float32', dims: ['batch', 2] }] as const;
  const classifier = await describeClassifier({ ...graph, outputs }, runtime, { layout: 'NFT' });
  return { classifier, runtime } as OpenModel;
}

async function statistics(...given: Parameters<typeof model>) {
  return batchNormStatistics(await model(...given), { features: 1, steps: STEPS }, [one, one, one]);
}

describe('batch normalisation statistics', () => {
  it('are found where the node is still there: means over real and over all positions, on paper', async () => {
    const [found] = await statistics([3, -6], [1, 4]);
    assert.deepEqual(Array.from(found!.realMean), [3, -6]);
    assert.deepEqual(Array.from(found!.allMean), [1.5, -3]);
    assert.deepEqual(Array.from(found!.runningVariance), [1, 4]);
    const [planar] = await statistics([3, -6], [1, 4], 2);
    assert.deepEqual(Array.from(planar!.realMean), [3, -6]);
  });

  it('fitted on real steps: nothing to say', async () => {
    assert.deepEqual(batchNormFindings(await statistics([3, -6], [1, 4])), []);
    // Half a running sd is still within.
    assert.deepEqual(batchNormFindings(await statistics([2.5, -6], [1, 4])), []);
  });

  it('fitted with padding counted as data: warns, by how many sd, and says why', async () => {
    // |3 − 1.5| / 1 = 1.5 sd and |−6 + 3| / 2 = 1.5 sd.
    const [finding] = batchNormFindings(await statistics([1.5, -3], [1, 4]));
    assert.equal(finding!.code, 'batch-norm-shift');
    assert.equal(finding!.severity, 'warning');
    assert.match(
      finding!.sentence,
      /2 of 2 channels lie more than 0\.5 sd .*at most 1\.5\).*fitted on padding/,
    );
  });

  it('fitted on other data: warns, but does not blame the padding', async () => {
    const [finding] = batchNormFindings(await statistics([3, -10], [1, 4]));
    assert.match(finding!.sentence, /1 of 2 channels.*at most 2\.0\).*does not explain it/);
  });
});
