import assert from 'node:assert/strict';
import type { Graph } from '../../../src/graph/graph.ts';
import { MASK_INPUT, maskedGraph } from '../../../src/graph/masking/maskedGraph.ts';
import { trackTensors } from '../../../src/graph/receptive/trackTensors.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { compareGradient } from '../gradient/finiteDifferences.ts';
import {
  attribute,
  gridValues,
  type NodeText,
  opCase,
  positive,
  vector,
  weights,
} from '../gradient/opCase.ts';

const { int, ints } = attribute;
const [FEATURES, STEPS] = [3, 12];
/** 7 and 10 real steps. */
const MASK = float32(
  [2, STEPS],
  Float32Array.from({ length: 2 * STEPS }, (_, i) => (i % STEPS < (i < STEPS ? 7 : 10) ? 1 : 0)),
);

const conv = {
  w1: weights([4, FEATURES, 3], 1),
  b1: weights([4], 2),
  w2: weights([4, 4, 3], 3),
  b2: weights([4], 4),
};
const same = { pads: ints([1, 1]) };
const head: readonly NodeText[] = [
  ['Flatten', 'p', 'v'],
  ['Gemm', 'v w b', 'y', { transB: int(1) }],
];
const linear = { w: weights([3, 4], 5), b: weights([3], 6) };

/** Smooth activations: finite differences of a ReLU net would cross kinks. */
const NETS: Readonly<Record<string, readonly [readonly NodeText[], Readonly<Record<string, Tensor>>]>> = {
  'convolutions, batch normalisation, a residual sum, mean pooling': [
    [
      ['Conv', 'x w1 b1', 'c1', same],
      ['BatchNormalization', 'c1 scale shift mean variance', 'n1'],
      ['Tanh', 'n1', 'a1'],
      ['Conv', 'a1 w2 b2', 'c2', same],
      ['Sigmoid', 'c2', 's2'],
      ['Add', 's2 a1', 'r'],
      ['GlobalAveragePool', 'r', 'p'],
      ...head,
    ],
    {
      ...conv,
      ...linear,
      scale: positive([4], 7),
      shift: weights([4], 8),
      mean: weights([4], 9),
      variance: positive([4], 10),
    },
  ],
  'maxima that must not see padding, channels joined': [
    [
      ['MaxPool', 'x', 'm1', { kernel_shape: ints([3]), strides: ints([1]), ...same }],
      ['Concat', 'x m1', 'j', { axis: int(1) }],
      ['Conv', 'j w3 b1', 'c1', same],
      ['Tanh', 'c1', 'a1'],
      ['GlobalAveragePool', 'a1', 'p'],
      ...head,
    ],
    { ...linear, w3: weights([4, 2 * FEATURES, 3], 11), b1: conv.b1 },
  ],
  'strides and average pools that count real steps only': [
    [
      ['Conv', 'x w1 b1', 'c1', { ...same, strides: ints([2]) }],
      ['Tanh', 'c1', 'a1'],
      ['AveragePool', 'a1', 'q', { kernel_shape: ints([3]), strides: ints([1]), ...same }],
      ['ReduceMean', 'q', 'p', { axes: ints([2]), keepdims: int(1) }],
      ...head,
    ],
    { ...conv, ...linear },
  ],
  'one axis more and channels last': [
    [
      ['Unsqueeze', 'x one', 'u'],
      ['Conv', 'u w4 b1', 'c1', { pads: ints([0, 1, 0, 1]) }],
      ['Tanh', 'c1', 'a1'],
      ['ReduceMean', 'a1', 'f', { axes: ints([2]), keepdims: int(0) }],
      ['Transpose', 'f', 't', { perm: ints([0, 2, 1]) }],
      ['ReduceMean', 't', 'p', { axes: ints([1]), keepdims: int(0) }],
      ...head,
    ],
    { ...linear, w4: weights([4, 1, 1, 3], 12), b1: conv.b1, one: vector(1) },
  ],
};

describe('gradient through the masked graph', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  /** The mask is written into the graph, so that x is all that can be moved. */
  async function maskedBy(graph: Graph, x: Tensor): Promise<Graph> {
    const shapes = await probeShapes(graph, runtime, { x });
    const { tracks } = trackTensors(graph, shapes, {
      name: 'x',
      roles: ['batch', 'feature', 'time'],
      steps: STEPS,
      features: FEATURES,
    });
    const masked = maskedGraph(graph, tracks, { name: 'x', steps: STEPS });
    return {
      ...masked,
      inputs: masked.inputs.filter(({ name }) => name !== MASK_INPUT),
      constants: new Map([...masked.constants, [MASK_INPUT, MASK]]),
    };
  }

  for (const [title, [nodes, constants]] of Object.entries(NETS)) {
    it(`${title}: equals central differences, and is 0 on padding`, async () => {
      const dims = [2, FEATURES, STEPS];
      const { graph } = opCase(title, dims, nodes, { constants, fixedBatch: true });
      const x = float32(dims, gridValues(2 * FEATURES * STEPS, 5));
      const { error, analytic } = await compareGradient(runtime, await maskedBy(graph, x), x, 72);
      assert.ok(error < 2e-3, `largest difference is ${error} of the largest gradient`);
      const onPadding = analytic.filter((_, i) => {
        const [instance, step] = [Math.floor(i / (FEATURES * STEPS)), i % STEPS];
        return MASK.data[instance * STEPS + step] === 0;
      });
      assert.equal(onPadding.length, FEATURES * (5 + 2));
      assert.ok(onPadding.every((value) => value === 0));
    });
  }
});
