import assert from 'node:assert/strict';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { withMaskChannel } from '../../../src/architectures/maskChannel.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { withoutUnread } from '../../../src/graph/liveNodes.ts';
import { ownMask } from '../../../src/graph/masking/maskChannel.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { createRandom } from '../../../src/random.ts';
import { dropIn, type PaddingLook } from '../../../src/repair/dropIn.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';

const [F, T, LENGTH] = [3, 24, 15];
const END: PaddingLook = { side: 'end', value: [0, 0, 0] };

describe('A network that reads its mask as a feature', () => {
  const random = createRandom(5);
  const real = Array.from({ length: F }, () => Array.from({ length: LENGTH }, () => random.normal()));
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });
  /** [1, F, steps], `fill` behind the series; and its mask. */
  const feeds = (steps: number, fill = 0) => ({
    x: float32(
      [1, F, steps],
      real.flatMap((row) => [...row, ...Array<number>(steps - LENGTH).fill(fill)]),
    ),
    [MASK_INPUT]: float32(
      [1, steps],
      Array.from({ length: steps }, (_, t) => (t < LENGTH ? 1 : 0)),
    ),
  });

  it('xcm: has its block over features × time among its layers, whose rows are features and the mask', async () => {
    const network = newNetwork('xcm', { features: F + 1, steps: T, classes: 4 }, 1, 4);
    const { layers } = await describeClassifier(withMaskChannel(network), runtime);
    const [block, narrow] = layers;
    assert.deepEqual([block!.name, narrow!.name], ['conv2dblock', 'conv2d1x1block']);
    assert.deepEqual(
      [block!.shape, narrow!.shape],
      [
        [4, F + 1, T],
        [1, F + 1, T],
      ],
    );
    // A map over time: the rows are not the features of the series.
    assert.deepEqual([block!.rank, block!.axes.averaged], [1, true]);
    const plain = await describeClassifier(
      newNetwork('xcm', { features: F, steps: T, classes: 4 }, 1, 4),
      runtime,
    );
    assert.deepEqual([plain.layers[0]!.rank, plain.layers[0]!.shape], [2, [4, F, T]]);
  });

  for (const name of ['fcn', 'lstm'] as const) {
    it(`${name}: is masked in every layer where it takes its mask and where it computes it, as if the series were cut`, async () => {
      const at = (steps: number) =>
        withMaskChannel(newNetwork(name, { features: F + 1, steps, classes: 4 }, 1, 4));
      const cut = await runtime.load(at(LENGTH));
      const expected = Object.values(await cut.run(feeds(LENGTH)))[0]!;
      const told = await describeClassifier(at(T), runtime);
      const own = withoutUnread(dropIn(told.graph, told.input, MASK_INPUT, END));
      const single = await describeClassifier(own, runtime);
      for (const [plain, from] of [
        [told, 'input'],
        [single, 'series'],
      ] as const) {
        assert.deepEqual(ownMask(plain.graph), { kind: 'channel', from });
        const masked = await maskedClassifier(plain, runtime);
        assert.deepEqual(
          masked.graph.inputs.map((info) => info.name),
          ['x', MASK_INPUT],
        );
        const session = await runtime.load(masked.graph);
        for (const fill of [0, 2.5]) {
          const found = (await session.run(feeds(T, fill)))[masked.logits]!;
          for (const [c, value] of numbers(found).entries())
            assert.ok(Math.abs(value - numbers(expected)[c]!) < 1e-5, `${name}, ${from}, ${fill}`);
        }
        const again = await describeClassifier(dropIn(masked.graph, masked.input, MASK_INPUT, END), runtime);
        assert.deepEqual(ownMask(again.graph), { kind: 'layers', from: 'series' });
        const toldAnew = await maskedClassifier(again, runtime);
        assert.deepEqual(ownMask(toldAnew.graph), { kind: 'layers', from: 'input' });
        const anew = await runtime.load(toldAnew.graph);
        const found = (await anew.run(feeds(T, 2.5)))[toldAnew.logits]!;
        for (const [c, value] of numbers(found).entries())
          assert.ok(Math.abs(value - numbers(expected)[c]!) < 1e-5, `${name}, ${from}, told anew`);
      }
    });
  }
});
