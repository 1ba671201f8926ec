import assert from 'node:assert/strict';
import { ints } from '../../../src/graph/attributes.ts';
import { MASK_INPUT, maskedGraph } from '../../../src/graph/masking/maskedGraph.ts';
import { trackTensors } from '../../../src/graph/receptive/trackTensors.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32, int64, numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { attribute, gridValues, opCase, weights } from '../gradient/opCase.ts';

const { int } = attribute;
const [F, T, LENGTH] = [3, 24, 15];
/** Padding in front, of strided layers as many steps as they go on by, some times. */
const FRONTS: Readonly<Record<string, number>> = {
  'at the end': 0,
  'in front': T - LENGTH - 1,
  'on both sides': 4,
};

describe('masked models that read one end of a feature map equal those of the real steps alone', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const [pad, stride] of [
    [0, 1],
    [1, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    for (const [end, index] of [
      ['first', 0],
      ['last', -1],
    ] as const) {
      it(`the ${end} position of a convolution with padding ${pad} and stride ${stride}`, async () => {
        const { graph } = opCase(
          'conv',
          [2, F, T],
          [
            [
              'Conv',
              'x w b',
              'c',
              { kernel_shape: ints([3]), pads: ints([pad, pad]), strides: ints([stride]) },
            ],
            ['Relu', 'c', 'r'],
            ['Gather', 'r at', 'y', { axis: int(2) }],
          ],
          { constants: { w: weights([5, F, 3], 1), b: weights([5], 2), at: int64([], [index]) } },
        );
        const x = gridValues(2 * F * LENGTH, 7);
        const shapes = await probeShapes(graph, runtime, {
          x: float32([2, F, T], new Float32Array(2 * F * T)),
        });
        const input = { name: 'x', roles: ['batch', 'feature', 'time'], steps: T, features: F } as const;
        const { tracks } = trackTensors(graph, shapes, input);
        const masked = await runtime.load(maskedGraph(graph, tracks, { name: 'x', steps: T }));
        const free = [{ name: 'x', dtype: 'float32', dims: [null, F, null] } as const];
        const plain = await runtime.load({ ...graph, inputs: free });
        const { y: expected } = await plain.run({ x: float32([2, F, LENGTH], x) });
        for (const [where, front] of Object.entries(FRONTS)) {
          const padded = new Float32Array(2 * F * T);
          for (let row = 0; row < 2 * F; row++)
            padded.set(x.subarray(row * LENGTH, (row + 1) * LENGTH), row * T + front);
          const mask = Array.from({ length: T }, (_, t) => (t >= front && t < front + LENGTH ? 1 : 0));
          const given = { x: float32([2, F, T], padded), [MASK_INPUT]: float32([2, T], [...mask, ...mask]) };
          const { y } = await masked.run(given);
          numbers(expected!).forEach((value, i) => {
            assert.ok(Math.abs(value - numbers(y!)[i]!) < 1e-5, `${where}: ${numbers(y!)[i]} for ${value}`);
          });
        }
        await masked.dispose();
        await plain.dispose();
      });
    }
  }
});
