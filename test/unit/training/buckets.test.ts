import assert from 'node:assert/strict';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { rowFeeds } from '../../../src/attribution/feeds.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import { numbers } from '../../../src/graph/tensor.ts';
import { createRandom } from '../../../src/random.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { bucketBatches, bucketLengths, cutTo, evenly } from '../../../src/training/buckets.ts';
import { realLength, type TrainingSeries } from '../../../src/training/series.ts';
import { Stepper } from '../../../src/training/stepper.ts';
import { targetsOf } from '../../../src/training/targets.ts';
import { trainingGraph } from '../../../src/training/trainingGraph.ts';
import { relativeDifference } from '../../fixtures/reference.ts';

const SHAPE = { features: 2, steps: 20 };

function series(length: number, label: number, seed: number): TrainingSeries {
  const random = createRandom(seed);
  const x = new Float32Array(SHAPE.features * SHAPE.steps);
  for (let f = 0; f < SHAPE.features; f++) {
    for (let t = 0; t < length; t++) x[f * SHAPE.steps + t] = random.normal();
  }
  return { x, mask: Uint8Array.from({ length: SHAPE.steps }, (_, t) => (t < length ? 1 : 0)), label };
}

describe('batches of like length', () => {
  it('have the length of their longest, between quantiles', () => {
    // 8 of each length 1 to 8, batches of 32: two buckets of 32.
    const lengths = Array.from({ length: 64 }, (_, n) => (n % 8) + 1);
    assert.deepEqual(bucketLengths(lengths), [4, 8]);
    assert.deepEqual(bucketLengths(lengths, 8), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(bucketLengths([3, 9, 5]), [9]);
    assert.deepEqual(bucketLengths(new Array(96).fill(7)), [7]);
    // One series alone has no variance: it goes to those before it.
    assert.deepEqual(bucketLengths([...new Array(95).fill(7), 12]), [12]);
  });

  it('hold every series once, each in the first bucket that holds it', () => {
    const all = Array.from({ length: 70 }, (_, n) => series(1 + (n % 20), n % 2, n));
    const lengths = bucketLengths(all.map(({ mask }) => realLength(mask)));
    assert.deepEqual(lengths, [9, 20]);
    const batches = bucketBatches(all, lengths, 32, createRandom(1));
    assert.deepEqual(
      batches.flatMap(({ of }) => of).sort((a, b) => a - b),
      all.map((_, i) => i),
    );
    for (const { of, bucket } of batches) {
      assert.ok(of.length > 1 && of.length <= 32);
      for (const i of of) {
        const length = realLength(all[i]!.mask);
        assert.ok(length <= lengths[bucket]! && length > (lengths[bucket - 1] ?? 0));
      }
    }
    assert.deepEqual(evenly([1, 2, 3, 4, 5], 2), [[1], [2, 3], [4, 5]]);
  });

  it('are cut without anything real', () => {
    const one = series(5, 1, 3);
    const cut = cutTo(one, SHAPE, 7);
    assert.deepEqual([...cut.x], [...one.x.slice(0, 7), ...one.x.slice(20, 27)]);
    assert.deepEqual([...cut.mask], [1, 1, 1, 1, 1, 0, 0]);
  });
});

describe('steps on a bucket’s own length', () => {
  const few = [4, 9, 11, 7, 6, 10].map((length, n) => series(length, n % 2, n));
  const targets = targetsOf(
    few.map(({ label }) => label),
    { classes: 2 },
  );

  /** Weights after a step on the series at two lengths of one model. */
  async function weightsAfter(masked: boolean, steps: number): Promise<number[]> {
    const runtime = await openOnnxRuntimeNode();
    const models = await Promise.all(
      [SHAPE.steps, 11].map(async (length) => {
        const network = newNetwork('fcn', { ...SHAPE, steps: SHAPE.steps, classes: 2 }, 1, 4);
        const [input] = network.inputs;
        const own = { ...network, inputs: [{ ...input!, dims: ['batch', SHAPE.features, length] }] };
        const plain = await describeClassifier(own, runtime, { layout: 'NFT', steps: length });
        return masked ? { ...(await maskedClassifier(plain, runtime)), maskedSteps: length } : plain;
      }),
    );
    const stepper = await Stepper.open(
      models.map((model) => trainingGraph(model)),
      models[0]!.graph,
      runtime,
      { kind: 'sgd', momentum: 0, weightDecay: 0 },
    );
    const at = steps === SHAPE.steps ? 0 : 1;
    const feeds = rowFeeds(
      models[at]!,
      few.map((one) => cutTo(one, SHAPE, steps)),
      steps,
    );
    for (let step = 0; step < 3; step++) await stepper.step(feeds, targets, 0.1, at);
    const { constants } = stepper.model();
    await stepper.dispose();
    return [...trainingGraph(models[0]!).parameters].flatMap((name) => numbers(constants.get(name)!));
  }

  it('move a masked network as those on all steps do: its padding is not seen', async () => {
    const apart = relativeDifference(await weightsAfter(true, 11), await weightsAfter(true, 20));
    assert.ok(apart < 1e-4, `${apart}`);
  });

  it('and one without masks differently: there is less padding to see', async () => {
    const apart = relativeDifference(await weightsAfter(false, 11), await weightsAfter(false, 20));
    assert.ok(apart > 1e-2, `${apart}`);
  });
});
