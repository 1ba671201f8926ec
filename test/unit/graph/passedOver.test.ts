import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { int } from '../../../src/graph/attributes.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph, GraphNode } from '../../../src/graph/graph.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import { passedOver } from '../../../src/graph/masking/passedOver.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';

const tiny = (name: string) =>
  readOnnx(readFileSync(fileURLToPath(new URL(`../../fixtures/tiny/${name}.onnx`, import.meta.url))));
const node = (op: string, inputs: string[], output: string, attributes: GraphNode['attributes'] = {}) => ({
  ...{ op, domain: '', name: `/${output}/${op}`, inputs, outputs: [output], attributes },
});
const bytes = (dtype: 'uint8' | 'int8', ...dims: number[]): Tensor => {
  const size = dims.reduce((a, b) => a * b, 1);
  return { dtype, dims, data: dtype === 'uint8' ? new Uint8Array(size) : new Int8Array(size) };
};
const scale = float32([], [0.1]);

describe('layers that no mask can be laid over', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });
  const named = async (graph: Graph) => {
    const {
      tracks,
      input,
      graph: own,
    } = await describeClassifier(graph, runtime, { layout: 'NFT', steps: 24 });
    return passedOver(own, tracks, input);
  };

  it('are those of a dynamically quantised model, by the names they had, and none of the same model in floats', async () => {
    const layers = [
      'conv1dblock.0',
      'conv2dblock.1',
      'conv1d1x1block.0',
      'conv2d1x1block.0',
      'conv1d.0',
      'head.0',
    ];
    assert.deepEqual(await named(tiny('quantised')), layers);
    assert.deepEqual(await named(tiny('tiny')), []);
    const whole = await maskedClassifier(
      await describeClassifier(tiny('quantised'), runtime, { layout: 'NFT' }),
      runtime,
    );
    assert.deepEqual(whole.notMasked, layers);
  });

  it('are those that read whole numbers of another layer, and none between two roundings of floats', async () => {
    const graph = (nodes: readonly GraphNode[]): Graph => ({
      ...{ opset: 17, irVersion: 8, producer: 'test' },
      nodes: [
        ...nodes,
        node('ReduceMean', ['z'], 'y', { axes: { kind: 'ints', value: [2] }, keepdims: int(0) }),
      ],
      constants: new Map([
        ...([
          ['s', scale],
          ['p', bytes('uint8')],
          ['w', bytes('int8', 2, 2, 3)],
          ['wp', bytes('int8')],
        ] as const),
        ...([
          ['f', float32([2, 2, 3], new Float32Array(12).fill(0.5))],
          ['b', bytes('uint8', 2, 2, 3)],
        ] as const),
      ]),
      inputs: [{ name: 'x', dtype: 'float32', dims: ['N', 2, 24] }],
      outputs: [{ name: 'y', dtype: 'float32', dims: ['N', 2] }],
    });
    const pads = { pads: { kind: 'ints', value: [1, 1] } } as const;
    const quantised = node('QuantizeLinear', ['x', 's', 'p'], 'q');
    const linear = node('QLinearConv', ['q', 's', 'p', 'w', 's', 'wp', 's', 'p'], 'first', pads);
    const back = node('DequantizeLinear', ['first', 's', 'p'], 'z');
    assert.deepEqual(await named(graph([quantised, linear, back])), ['first', 'y']);
    // x → q → d → conv: what is rounded is 0 on padding, and the convolution gives floats.
    const rounded = [
      quantised,
      node('DequantizeLinear', ['q', 's', 'p'], 'd'),
      node('Conv', ['d', 'f'], 'z', pads),
    ];
    assert.deepEqual(await named(graph(rounded)), []);
    const twice = [
      quantised,
      node('ConvInteger', ['q', 'b', 'p'], 'one', pads),
      node('Cast', ['one'], 'small', { to: int(2) }),
      node('ConvInteger', ['small', 'b', 'p'], 'two', pads),
      node('Cast', ['two'], 'z', { to: int(1) }),
    ];
    assert.deepEqual(await named(graph(twice)), ['two']);
  });
});
