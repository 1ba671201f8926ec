import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ARCHITECTURES,
  type ArchitectureName,
  newNetwork,
} from '../../../src/architectures/architectures.ts';
import { withMaskChannel } from '../../../src/architectures/maskChannel.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { trainingGraph } from '../../../src/training/trainingGraph.ts';

const size = { features: 3, steps: 20, classes: 4 };
const names = Object.keys(ARCHITECTURES) as ArchitectureName[];
const reference: Readonly<Record<string, readonly number[][]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/architectures/logits.json'), 'utf8'),
);

/** As test/fixtures/architectures/make.py makes it. */
const x = float32(
  [2, 3, 20],
  Array.from({ length: 120 }, (_, i) => {
    const [n, f, t] = [Math.floor(i / 60), Math.floor(i / 20) % 3, i % 20];
    return Math.sin(0.7 * n + 1.3 * f + 0.41 * t * (f + 1));
  }),
);

describe('new networks', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const name of names) {
    it(`${name} answers what PyTorch's modules answer with the same weights`, async () => {
      const session = await runtime.load(newNetwork(name, size, 1, 4));
      const found = numbers((await session.run({ x })).logits!);
      await session.dispose();
      const wanted = reference[name]!.flat();
      found.forEach((value, i) => {
        assert.ok(Math.abs(value - wanted[i]!) < 1e-5, `${i}: ${value} for ${wanted[i]}`);
      });
    });

    it(`${name} can be explained, masked and trained`, async () => {
      const model = await describeClassifier(newNetwork(name, size, 1, 4), runtime);
      assert.equal(model.input.layout, 'NFT');
      assert.equal(model.classes, 4);
      assert.deepEqual(model.findings, []);
      const masked = await maskedClassifier(model, runtime);
      for (const one of [model, { ...masked, maskedSteps: 20 }]) {
        assert.equal(trainingGraph(one).parameters.length, trainingGraph(model).parameters.length);
      }
    });
  }

  it('has the papers’ sizes unless told otherwise', () => {
    // On paper, for F = 30, C = 3: FCN 30·128·7 + 128·256·5 + 256·128·3 + 2·(128 + 256 + 128) + 128·3 + 3.
    assert.equal(weights('fcn'), 290_435);
    // 4·100·(30 + 100) + 8·100 + 100·3 + 3.
    assert.equal(weights('lstm'), 53_103);
    // XCM, window 26, 128 filters: 26·128 + 128 + 2·128 + 128 + 1, 30·128·26 + 3·128 + 128 + 1, 31·128·26 + 3·128, 128·3 + 3.
    assert.equal(weights('xcm'), 3_841 + 100_353 + 103_552 + 387);
  });

  it('gives the same weights for the same seed only', () => {
    const first = (seed: number) => newNetwork('fcn', size, seed, 4).constants.get('convblock1.0.weight')!;
    assert.deepEqual(first(5), first(5));
    assert.notDeepEqual(first(5), first(6));
  });

  it('reads the mask as one more feature', async () => {
    const graph = withMaskChannel(newNetwork('fcn', { ...size, features: 4 }, 1, 4));
    const plain = await runtime.load(newNetwork('fcn', { ...size, features: 4 }, 1, 4));
    const mask = float32(
      [2, 20],
      Array.from({ length: 40 }, (_, i) => (i % 20 < 15 ? 1 : 0)),
    );
    const four = [0, 1].flatMap((n) => [
      ...(x.data as Float32Array).subarray(n * 60, n * 60 + 60),
      ...(mask.data as Float32Array).subarray(n * 20, n * 20 + 20),
    ]);
    const session = await runtime.load(graph);
    const found = await session.run({ x, [MASK_INPUT]: mask });
    const wanted = await plain.run({ x: float32([2, 4, 20], four) });
    assert.deepEqual(numbers(found.logits!), numbers(wanted.logits!));
    await session.dispose();
    await plain.dispose();
  });
});

/** Numbers of a network that training moves. */
function weights(name: ArchitectureName): number {
  const { constants } = newNetwork(name, { features: 30, steps: 131, classes: 3 }, 1);
  return [...constants]
    .filter(([key]) => /weight|bias/.test(key))
    .reduce((sum, [, value]) => sum + value.data.length, 0);
}
