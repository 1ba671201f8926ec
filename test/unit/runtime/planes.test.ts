import assert from 'node:assert/strict';
import { int, ints } from '../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import type { Attributes, Graph } from '../../../src/graph/graph.ts';
import { ONE_VALUE } from '../../../src/graph/receptive/combine.ts';
import { elementCount, float32, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { overPlanes } from '../../../src/runtime/planes.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { NOT_OVER_PLANES } from '../graph/operatorHoles.ts';

/** Values that no two of which are alike. */
function values(dims: readonly number[], seed: number): Tensor {
  const data = Float32Array.from({ length: elementCount(dims) }, (_, i) => Math.sin((i + 1) * 1.37 + seed));
  return float32(dims, data);
}

/** Stride, dilation, groups, pools, norm, numbers, joins, a line read from outside, and a convolution of a matrix. */
function everything(opset: number): Graph {
  const base = {
    ...{ opset, irVersion: 7, producer: '', nodes: [], constants: new Map<string, Tensor>() },
    ...{ inputs: [{ name: 'x', dtype: 'float32', dims: [null, 18, 23] } as const], outputs: [] },
  };
  const b = new GraphBuilder(base, '');
  const conv = (x: string, dims: readonly number[], attributes = {}) =>
    b.add('Conv', [x, b.constant(values(dims, 1)), b.constant(values([dims[0]!], 2))], attributes);
  const same = { pads: ints([1, 2]), dilations: ints([1]) };
  const first = b.add('Relu', [conv('x', [16, 18, 4], same)]);
  const pool = b.add('MaxPool', ['x'], { kernel_shape: ints([3]), pads: ints([1, 1]) });
  const second = conv(pool, [16, 18, 1]);
  const both = b.concat([first, second], 1);
  const four = [1, 2, 3, 4].map((seed) =>
    b.constant(
      float32(
        [32],
        (values([32], seed).data as Float32Array).map((v) => Math.abs(v) + 0.5),
      ),
    ),
  );
  const norm = b.add('BatchNormalization', [both, ...four]);
  const pooled = b.add('AveragePool', [norm], { kernel_shape: ints([3]), pads: ints([1, 1]) });
  const sum = b.add('Add', [b.add('Mul', [pooled, b.scalar(0.5)]), norm]);
  const grouped = b.add('Sigmoid', [
    conv(sum, [8, 16, 3], { group: int(2), strides: ints([2]), dilations: ints([2]) }),
  ]);
  const line = b.add('Softmax', [grouped], { axis: int(2) });
  const mean = b.reduce('ReduceMean', grouped, [2], false);
  const kept = b.reduce('ReduceMean', sum, [2], true);
  const wide = conv(b.unsqueeze('x', [1]), [2, 1, 3, 3]);
  const outputs = [line, mean, kept, wide, grouped].map((name, i) => b.rename(name, `y${i}`));
  return b.build(outputs.map((name) => ({ name, dtype: 'float32', dims: [] })));
}

/** Those of one value; Swish is none of ONNX Runtime's yet. */
const OVER_PLANES = ONE_VALUE.filter(
  (op) => !`${Object.values(NOT_OVER_PLANES).join(' ')} BatchNormalization Swish`.split(' ').includes(op),
);

describe('graphs over planes', () => {
  for (const opset of [9, 12, 17]) {
    it(`opset ${opset}: the same outputs, and no convolution over lines is left`, async () => {
      const graph = everything(opset);
      const quick = overPlanes(graph);
      const weights = quick.nodes.filter(({ op }) => op === 'Conv').map(({ inputs }) => inputs[1]!);
      assert.equal(weights.length, 4);
      for (const name of weights) assert.equal(quick.constants.get(name)?.dims.length, 4);
      const runtime = await openOnnxRuntimeNode();
      const feeds = { x: values([3, 18, 23], 5) };
      const [plain, planes] = await Promise.all(
        [graph, quick].map(async (one) => (await runtime.load(one, { optimize: false })).run(feeds)),
      );
      for (const [name, { dims, data }] of Object.entries(plain!)) {
        assert.deepEqual(planes![name]!.dims, dims, name);
        assert.ok(
          relativeDifference(planes![name]!.data as Float32Array, data as Float32Array) <= 1e-6,
          name,
        );
      }
    });
  }

  it('operators of one value between two convolutions answer as over lines', async () => {
    const base = { ...everything(22), nodes: [], constants: new Map<string, Tensor>(), outputs: [] };
    const b = new GraphBuilder(base, '');
    const conv = (x: string, channels: number) =>
      b.add('Conv', [x, b.constant(values([18, channels, 3], 1))], {});
    const first = conv('x', 18);
    const outputs = OVER_PLANES.map((op) => b.rename(conv(b.add(op, [first]), 18), `y${op}`));
    const graph = b.build(outputs.map((name) => ({ name, dtype: 'float32', dims: [] })));
    const quick = overPlanes(graph);
    assert.equal(quick.nodes.filter(({ op }) => op === 'Squeeze').length, outputs.length);
    const runtime = await openOnnxRuntimeNode();
    const feeds = { x: values([2, 18, 23], 5) };
    const [plain, planes] = await Promise.all(
      [graph, quick].map(async (one) => (await runtime.load(one, { optimize: false })).run(feeds)),
    );
    for (const name of outputs) {
      const [line, plane] = [plain, planes].map((one) => one![name]!.data as Float32Array);
      const wrong = line!.filter((v, i) => !(Object.is(v, plane![i]!) || Math.abs(v - plane![i]!) <= 1e-4));
      assert.equal(wrong.length, 0, name);
    }
  });

  it('a window whose attributes do not fit is left to the runtime, which refuses it', () => {
    const graph = everything(17);
    const odd: Attributes[] = [{ kernel_shape: ints([5]) }, { kernel_shape: ints([]) }, { pads: ints([]) }];
    for (const attributes of odd) {
      const nodes = graph.nodes.map((node) => (node.op === 'Conv' ? { ...node, attributes } : node));
      const left = overPlanes({ ...graph, nodes }).nodes;
      assert.deepEqual(left, nodes);
    }
  });

  it('a graph without convolutions is left as it is', () => {
    const graph = { ...everything(17), nodes: [], outputs: [] };
    assert.equal(overPlanes(graph), graph);
  });
});
