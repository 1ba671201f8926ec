import type { MapOptions } from '../../../src/attribution/mapGraph.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import type { Prepared } from '../../../src/preprocess/prepared.ts';
import { attribute, type NodeText, opCase, randomNumbers, vector, weights } from '../gradient/opCase.ts';

const { int, ints } = attribute;
const transB = { transB: int(1) };

/** Two convolutions with ReLU, mean over time, linear; 3 features, 12 steps, 3 classes. */
export const SMALL_FCN = model(
  [2, 3, 12],
  [
    ['Conv', 'x w1 b1', 'c1', { pads: ints([1, 1]) }],
    ['Relu', 'c1', 'r1'],
    ['Conv', 'r1 w2 b2', 'c2', { pads: ints([1, 1]) }],
    ['Relu', 'c2', 'r2'],
    ['ReduceMean', 'r2', 'm', { axes: ints([2]), keepdims: int(0) }],
    ['Gemm', 'm w3 b3', 'y', transB],
  ],
  {
    w1: weights([4, 3, 3], 1),
    b1: weights([4], 2),
    w2: weights([4, 4, 3], 3),
    b2: weights([4], 4),
    w3: weights([3, 4], 5),
    b3: weights([3], 6),
  },
);

/** The first convolution is read by an instance normalisation only. */
export const NORMED = model(
  [2, 3, 12],
  [
    ['Conv', 'x w1 b1', 'c1', { pads: ints([1, 1]) }],
    ['InstanceNormalization', 'c1 b2 b1', 'n1'],
    ['Relu', 'n1', 'r1'],
    ['Conv', 'r1 w2 b2', 'c2', { pads: ints([1, 1]) }],
    ['Relu', 'c2', 'r2'],
    ['ReduceMean', 'r2', 'm', { axes: ints([2]), keepdims: int(0) }],
    ['Gemm', 'm w3 b3', 'y', transB],
  ],
  Object.fromEntries(SMALL_FCN.constants),
);

/** The same layers read from [N, T, F] as a translated Keras model would: channels last between the convolutions. */
export const CHANNELS_LAST = model(
  [2, 12, 3],
  [
    ['Transpose', 'x', 'x1', { perm: ints([0, 2, 1]) }],
    ['Conv', 'x1 w1 b1', 'c1', { pads: ints([1, 1]) }],
    ['Transpose', 'c1', 'l1', { perm: ints([0, 2, 1]) }],
    ['Relu', 'l1', 'r1'],
    ['Transpose', 'r1', 'k1', { perm: ints([0, 2, 1]) }],
    ['Conv', 'k1 w2 b2', 'c2', { pads: ints([1, 1]) }],
    ['Relu', 'c2', 'r2'],
    ['ReduceMean', 'r2', 'm', { axes: ints([2]), keepdims: int(0) }],
    ['Gemm', 'm w3 b3', 'y', transB],
  ],
  Object.fromEntries(SMALL_FCN.constants),
);

/** The same again with an axis of 1 carried along: [N, C, 1, T]. */
export const WITH_SINGLETON = model(
  [2, 3, 12],
  [
    ['Unsqueeze', 'x two', 'u'],
    ['Conv', 'u v1 b1', 'c1', { pads: ints([0, 1, 0, 1]) }],
    ['Relu', 'c1', 'r1'],
    ['Conv', 'r1 v2 b2', 'c2', { pads: ints([0, 1, 0, 1]) }],
    ['Relu', 'c2', 'r2'],
    ['ReduceMean', 'r2', 'm', { axes: ints([2, 3]), keepdims: int(0) }],
    ['Gemm', 'm w3 b3', 'y', transB],
  ],
  {
    ...Object.fromEntries(SMALL_FCN.constants),
    two: vector(2),
    v1: { ...SMALL_FCN.constants.get('w1')!, dims: [4, 3, 1, 3] },
    v2: { ...SMALL_FCN.constants.get('w2')!, dims: [4, 4, 1, 3] },
  },
);

/** What is affine is read at three places, one of them behind another, and the input itself is read by a pool. */
export const BRANCHED = model(
  [2, 3, 12],
  [
    ['Conv', 'x w1 b1', 'c1', { pads: ints([1, 1]) }],
    ['Conv', 'c1 w2 b2', 'c2', { pads: ints([1, 1]) }],
    ['MaxPool', 'x', 'p', { kernel_shape: ints([3]), pads: ints([1, 1]) }],
    ['Conv', 'p w1 b1', 'c3', { pads: ints([1, 1]) }],
    ['Relu', 'c1', 'r1'],
    ['Relu', 'c2', 'r2'],
    ['Relu', 'c3', 'r3'],
    ['Sum', 'r1 r2 r3', 's'],
    ['ReduceMean', 's', 'm', { axes: ints([2]), keepdims: int(0) }],
    ['Gemm', 'm w3 b3', 'y', transB],
  ],
  Object.fromEntries(SMALL_FCN.constants),
);

/** Divides by what the instance sums to: no answer to zeros, as a mean over steps that are all masked has none. */
export const NO_ANSWER_TO_ZEROS = model(
  [2, 3, 12],
  [
    ['ReduceL1', 'x', 's', { axes: ints([1, 2]), keepdims: int(1) }],
    ['Div', 'x s', 'q'],
    ['Conv', 'q w1 b1', 'c1', { pads: ints([1, 1]) }],
    ['ReduceMean', 'c1', 'm', { axes: ints([2]), keepdims: int(0) }],
    ['Gemm', 'm w3 b3', 'y', transB],
  ],
  Object.fromEntries(['w1', 'b1', 'w3', 'b3'].map((name) => [name, SMALL_FCN.constants.get(name)!])),
);

/** One output z through a sigmoid. */
export const BINARY = model(
  [2, 3, 12],
  [
    ['Conv', 'x w1 b1', 'c1', { pads: ints([1, 1]) }],
    ['Relu', 'c1', 'r1'],
    ['ReduceMean', 'r1', 'm', { axes: ints([2]), keepdims: int(0) }],
    ['Gemm', 'm w b', 'z', transB],
    ['Sigmoid', 'z', 'y'],
  ],
  { w1: weights([4, 3, 3], 1), b1: weights([4], 2), w: weights([1, 4], 5), b: weights([1], 6) },
);

function model(
  dims: readonly number[],
  nodes: readonly NodeText[],
  constants: Record<string, Tensor>,
): Graph {
  const { graph } = opCase('', dims, nodes, { constants });
  return { ...graph, outputs: [{ name: 'y', dtype: 'float32', dims: ['batch', null] }] };
}

/** F = 3, T = 12 series; the first `length` steps are real, the rest is zero. */
export function smallSeries(seed: number, length: number): Prepared {
  const random = randomNumbers(seed);
  const x = Float32Array.from({ length: 36 }, (_, i) => (i % 12 < length ? random() * 4 - 2 : 0));
  return {
    x,
    features: 3,
    steps: 12,
    mask: Uint8Array.from({ length: 12 }, (_, t) => (t < length ? 1 : 0)),
    length,
    origin: 'test',
    source: Int32Array.from({ length: 12 }, (_, t) => (t < length ? t : -1)),
    findings: [],
  };
}

export async function openSmall(graph: Graph, runtime: Runtime, tensor: string, options: MapOptions) {
  const classifier: Classifier = await describeClassifier(graph, runtime, { layout: layoutOf(graph) });
  const layer = layerOrTensor(classifier, tensor);
  const session = openMethod((graph) => runtime.load(graph), classifier, layer, options);
  return { model: classifier, layer, session, options };
}

function layoutOf(graph: Graph) {
  return graph.inputs[0]!.dims[1] === 3 ? 'NFT' : 'NTF';
}
