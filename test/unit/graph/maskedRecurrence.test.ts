import assert from 'node:assert/strict';
import { MASK_INPUT, maskedGraph } from '../../../src/graph/masking/maskedGraph.ts';
import { trackTensors } from '../../../src/graph/receptive/trackTensors.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { attribute, gridValues, type NodeText, type OpCase, opCase, weights } from '../gradient/opCase.ts';

const { int, ints, text } = attribute;
const [F, T, H] = [3, 6, 4];
const GATES: Readonly<Record<string, number>> = { LSTM: 4, GRU: 3, RNN: 1 };
const READS: Readonly<Record<string, readonly NodeText[]>> = {
  'the last step': [
    ['Squeeze', 'all one', 'seq'],
    ['Gather', 'seq minus', 'y', { axis: int(0) }],
  ],
  'the last step, kept': [
    ['Squeeze', 'all one', 'seq'],
    ['Slice', 'seq minusOne far zeroAxis', 'kept'],
    ['Squeeze', 'kept zeroAxis', 'y'],
  ],
  'the first step': [
    ['Squeeze', 'all one', 'seq'],
    ['Gather', 'seq none', 'y', { axis: int(0) }],
  ],
  'the first step, kept': [
    ['Squeeze', 'all one', 'seq'],
    ['Slice', 'seq zeroAxis one zeroAxis', 'kept'],
    ['Squeeze', 'kept zeroAxis', 'y'],
  ],
  'the last state': [['Squeeze', 'h zeroAxis', 'y']],
  'the mean': [
    ['Squeeze', 'all one', 'seq'],
    ['ReduceMean', 'seq', 'y', { axes: ints([0]), keepdims: int(0) }],
  ],
};
const MASKS: Readonly<Record<string, readonly number[]>> = {
  'at the end': [1, 1, 1, 1, 0, 0],
  'at the front': [0, 0, 1, 1, 1, 1],
  'in a gap': [1, 0, 1, 1, 0, 1],
  nowhere: [1, 1, 1, 1, 1, 1],
};

function recurrent(op: string, direction: string, reads: readonly NodeText[]): OpCase {
  const whole = (value: number): Tensor => ({
    dtype: 'int64',
    dims: [1],
    data: BigInt64Array.of(BigInt(value)),
  });
  return opCase(
    op,
    [2, F, T],
    [
      ['Transpose', 'x', 's', { perm: ints([2, 0, 1]) }],
      [op, 's w r b', 'all h', { hidden_size: int(H), direction: text(direction) }],
      ...reads,
    ],
    {
      constants: {
        w: weights([1, GATES[op]! * H, F], 1),
        r: weights([1, GATES[op]! * H, H], 2),
        b: weights([1, 2 * GATES[op]! * H], 3),
        one: whole(1),
        zeroAxis: whole(0),
        minusOne: whole(-1),
        far: whole(2 ** 31 - 1),
        none: { dtype: 'int64', dims: [], data: BigInt64Array.of(0n) },
        minus: { dtype: 'int64', dims: [], data: BigInt64Array.of(-1n) },
      },
    },
  );
}

for (const [name, open] of Object.entries({ native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb })) {
  describe(`masked recurrent layers equal those of the real steps alone, ${name}`, () => {
    let runtime: Runtime;
    before(async () => {
      runtime = await open();
    });

    for (const op of ['LSTM', 'GRU', 'RNN']) {
      for (const direction of ['forward', 'reverse']) {
        for (const [what, nodes] of Object.entries(READS)) {
          it(`${op} ${direction}, read at ${what}`, async () => {
            const { graph } = recurrent(op, direction, nodes);
            const x = gridValues(2 * F * T, 7);
            const shapes = await probeShapes(graph, runtime, { x: float32([2, F, T], x) });
            const { tracks } = trackTensors(graph, shapes, {
              name: 'x',
              roles: ['batch', 'feature', 'time'],
              steps: T,
              features: F,
            });
            const masked = await runtime.load(maskedGraph(graph, tracks, { name: 'x', steps: T }));
            const plain = await runtime.load({
              ...graph,
              inputs: [{ name: 'x', dtype: 'float32', dims: [null, F, null] }],
            });
            for (const [where, mask] of Object.entries(MASKS)) {
              const { y } = await masked.run({
                x: float32([2, F, T], x),
                [MASK_INPUT]: float32([2, T], [...mask, ...mask]),
              });
              const real = mask.flatMap((one, t) => (one ? [t] : []));
              const cut = Array.from({ length: 2 * F }, (_, row) => real.map((t) => x[row * T + t]!)).flat();
              const expected = await plain.run({ x: float32([2, F, real.length], cut) });
              // A model that reads the first or the last position of a series reads its first or last real step.
              numbers(expected.y!).forEach((value, i) => {
                assert.ok(
                  Math.abs(value - numbers(y!)[i]!) < 1e-5,
                  `${where}: ${numbers(y!)[i]} for ${value}`,
                );
              });
            }
            await masked.dispose();
            await plain.dispose();
          });
        }
      }
    }
  });
}
