import assert from 'node:assert/strict';
import fc from 'fast-check';
import { modelFeed } from '../../../src/attribution/modelFeed.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { numbers } from '../../../src/graph/tensor.ts';
import { dropIn, maskInside, type PaddingLook } from '../../../src/repair/dropIn.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';

const [F, T] = [2, 6];

/** Gives the mask back. */
function echo(layout: 'NFT' | 'NTF' | 'N1FT', opset: number): Graph {
  const sizes = { N: 'batch', F, T, 1: 1 } as const;
  return {
    opset,
    irVersion: 8,
    producer: 'test',
    nodes: [{ op: 'Identity', domain: '', name: 'echo', inputs: ['mask'], outputs: ['y'], attributes: {} }],
    constants: new Map(),
    inputs: [
      { name: 'x', dtype: 'float32', dims: [...layout].map((axis) => sizes[axis as 'N']) },
      { name: 'mask', dtype: 'float32', dims: ['batch', T] },
    ],
    outputs: [{ name: 'y', dtype: 'float32', dims: ['batch', T] }],
  };
}

describe('a mask that is computed inside the model', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  it('is that of the padding, whatever lies within the series', async () => {
    const cell = fc.constantFrom(0, 0, 0, 1, -0.5);
    const series = fc.array(cell, { minLength: F * T, maxLength: F * T });
    await fc.assert(
      fc.asyncProperty(
        series,
        fc.constantFrom('end' as const, 'front' as const, 'both' as const),
        fc.constantFrom('NFT' as const, 'NTF' as const, 'N1FT' as const),
        fc.constantFrom(11, 17, 20),
        async (values, side, layout, opset) => {
          const padding: PaddingLook = { side, value: [0, -0.5] };
          const x = Float32Array.from(values);
          const graph = dropIn(echo(layout, opset), { name: 'x', layout }, 'mask', padding);
          assert.deepEqual(
            graph.inputs.map(({ name }) => name),
            ['x'],
          );
          const session = await runtime.load(graph);
          const { y } = await session.run({ x: modelFeed([x], F, T, layout) });
          await session.dispose();
          assert.deepEqual(numbers(y!), [...maskInside(x, T, padding)]);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('keeps padding values between real steps', () => {
    const x = Float32Array.from([1, 0, 2, 0, 0, 0, 1, 0, 2, 0, 0, 0]);
    assert.deepEqual([...maskInside(x, T, { side: 'end', value: [0, 0] })], [1, 1, 1, 0, 0, 0]);
    assert.deepEqual([...maskInside(x, T, { side: 'front', value: [0, 0] })], [1, 1, 1, 1, 1, 1]);
  });
});
