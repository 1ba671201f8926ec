import assert from 'node:assert/strict';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { elementCount, float32 } from '../../../src/graph/tensor.ts';
import { withWideKernels } from '../../../src/graph/wideKernels.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { attribute, gridValues, type OpCase, opCase, weights } from '../gradient/opCase.ts';

const { int, ints, text } = attribute;
type Attributes = NonNullable<Parameters<typeof opCase>[2][number][3]>;

const conv = (dims: number[], kernel: number[], attributes: Attributes, bias = true): OpCase =>
  opCase('', dims, [['Conv', bias ? 'x w b' : 'x w', 'y', attributes]], {
    constants: { w: weights(kernel, 1), ...(bias && { b: weights([kernel[0]!], 2) }) },
  });

async function both({ graph, dims }: OpCase) {
  const runtime = await openOnnxRuntimeNode();
  const x = float32(dims, gridValues(elementCount(dims), 3));
  const shapes = await probeShapes(graph, runtime, { x });
  const wide = withWideKernels(graph, shapes);
  const answers = [];
  for (const one of [graph, wide]) {
    const session = await runtime.load(one);
    answers.push((await session.run({ x })).y!);
    await session.dispose();
  }
  return { rewritten: wide !== graph, plain: answers[0]!, product: answers[1]! };
}

describe('kernels about as wide as the series', () => {
  const wide: Readonly<Record<string, OpCase>> = {
    'same padding': conv([2, 3, 11], [4, 3, 11], { pads: ints([5, 5]) }),
    'no bias': conv([2, 3, 11], [4, 3, 7], { pads: ints([3, 3]) }, false),
    'uneven padding': conv([2, 2, 10], [3, 2, 6], { pads: ints([4, 1]) }),
    'padding by name': conv([2, 2, 10], [3, 2, 6], { auto_pad: text('SAME_UPPER') }),
    'strides and dilations': conv([2, 2, 13], [3, 2, 7], {
      pads: ints([6, 6]),
      strides: ints([2]),
      dilations: ints([2]),
    }),
    'feature by feature': conv([2, 1, 5, 9], [4, 1, 1, 9], { pads: ints([0, 4, 0, 4]) }),
  };
  for (const [title, one] of Object.entries(wide)) {
    it(`give the same as a matrix product: ${title}`, async () => {
      const { rewritten, plain, product } = await both(one);
      assert.ok(rewritten);
      assert.deepEqual(product.dims, plain.dims);
      const [a, b] = [plain.data as Float32Array, product.data as Float32Array];
      a.forEach((value, i) => {
        assert.ok(Math.abs(value - b[i]!) < 1e-5 * Math.max(1, Math.abs(value)), `${i}: ${value} ${b[i]}`);
      });
    });
  }

  const others: Readonly<Record<string, OpCase>> = {
    'a narrow kernel': conv([2, 3, 11], [4, 3, 3], { pads: ints([1, 1]) }),
    groups: conv([2, 4, 9], [4, 1, 9], { pads: ints([4, 4]), group: int(4) }),
    'rows that are padded': conv([2, 1, 5, 9], [4, 1, 1, 9], { pads: ints([1, 4, 1, 4]) }),
    'rows that are mixed': conv([2, 1, 5, 9], [4, 1, 3, 9], { pads: ints([1, 4, 1, 4]) }),
    'many channels in two dimensions': conv([2, 2, 5, 9], [4, 2, 1, 9], { pads: ints([0, 4, 0, 4]) }),
  };
  for (const [title, one] of Object.entries(others)) {
    it(`leave as it was: ${title}`, async () => {
      assert.equal((await both(one)).rewritten, false);
    });
  }
});
