import assert from 'node:assert/strict';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { elementCount, float32, type Tensor } from '../../../src/graph/tensor.ts';
import { withOneFilterProducts } from '../../../src/runtime/oneFilter.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../fixtures/reference.ts';

function values(dims: readonly number[], seed: number): Tensor {
  const data = Float32Array.from({ length: elementCount(dims) }, (_, i) => Math.sin((i + 1) * 1.37 + seed));
  return float32(dims, data);
}

/** A line with a bias, a plane without; two filters, too few channels and what a convolution gives stay as they are. */
function graph(): Graph {
  const b = new GraphBuilder(
    {
      ...{ opset: 17, irVersion: 8, producer: '', nodes: [], constants: new Map<string, Tensor>() },
      ...{ inputs: [{ name: 'x', dtype: 'float32', dims: [null, 18, 12] } as const], outputs: [] },
    },
    '',
  );
  const conv = (x: string, dims: readonly number[], bias?: Tensor) =>
    b.add('Conv', [x, b.constant(values(dims, 1)), ...(bias ? [b.constant(bias)] : [])]);
  const line = conv(b.add('Relu', ['x']), [1, 18, 1], values([1], 4));
  const plane = conv(b.reshape(b.add('Neg', ['x']), [0, 18, 3, 4]), [1, 18, 1, 1]);
  const two = conv('x', [2, 18, 1]);
  const behind = conv(b.add('Relu', [conv('x', [16, 18, 3])]), [1, 16, 1]);
  const few = conv(b.slice('x', [1], [0], [4]), [1, 4, 1]);
  const outputs = [line, plane, two, behind, few].map((name, i) => b.rename(name, `y${i}`));
  return b.build(outputs.map((name) => ({ name, dtype: 'float32', dims: [] })));
}

describe('convolutions of one filter as products', () => {
  it('give the same outputs, where nothing comes out of blocks', async () => {
    const quick = withOneFilterProducts(graph());
    const left = quick.nodes.filter(({ op }) => op === 'Conv').map(({ inputs }) => inputs[1]!);
    assert.deepEqual(
      left.map((name) => quick.constants.get(name)!.dims[1]),
      [18, 18, 16, 4],
    );
    const runtime = await openOnnxRuntimeNode();
    const feeds = { x: values([3, 18, 12], 5) };
    const [plain, products] = await Promise.all(
      [graph(), quick].map(async (one) => (await runtime.load(one, { optimize: false })).run(feeds)),
    );
    for (const [name, { dims, data }] of Object.entries(plain!)) {
      assert.deepEqual(products![name]!.dims, dims, name);
      const off = relativeDifference(products![name]!.data as Float32Array, data as Float32Array);
      assert.ok(off <= 1e-6, name);
    }
  });
});
