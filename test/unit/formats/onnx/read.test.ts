import assert from 'node:assert/strict';
import { fromBfloat16 } from '../../../../src/formats/onnx/elementType.ts';
import { readOnnx } from '../../../../src/formats/onnx/readOnnx.ts';
import {
  type Draft,
  type NodeProto,
  type TensorProto,
  toInt64,
} from '../../../../src/formats/onnx/schema.ts';
import { writeOnnx } from '../../../../src/formats/onnx/writeOnnx.ts';
import { fromFloat16 } from '../../../../src/graph/halfPrecision.ts';
import { float32, int64, type Tensor, tensor } from '../../../../src/graph/tensor.ts';
import { info, initializer, model, relu } from './onnxModel.ts';

const bytesOf = (data: { buffer: ArrayBufferLike }) => new Uint8Array(data.buffer);
const readInitializer = (proto: Draft<TensorProto>) => readOnnx(initializer(proto)).constants.get('w')!;

describe('readOnnx', () => {
  it('takes an IR newer than the runtimes know for the newest they know: the opset says what is in it', () => {
    assert.equal(readOnnx(model({}, { irVersion: 14 })).irVersion, 13);
  });

  it('takes initializers as raw bytes and as lists of every type', () => {
    const cases: [Draft<TensorProto>, Tensor][] = [
      [{ dims: [2], dataType: 1, floatData: [1.5, -2] }, float32([2], [1.5, -2])],
      [{ dims: [2], dataType: 1, rawData: bytesOf(Float32Array.of(1.5, -2)) }, float32([2], [1.5, -2])],
      [{ dims: [1], dataType: 11, doubleData: [0.1] }, tensor('float64', [1], Float64Array.of(0.1))],
      [
        { dims: [2], dataType: 7, int64Data: [toInt64(2n ** 62n), toInt64(-1)] },
        tensor('int64', [2], BigInt64Array.of(2n ** 62n, -1n)),
      ],
      [{ dims: [1], dataType: 7, rawData: bytesOf(BigInt64Array.of(-9n)) }, int64([1], [-9])],
      [{ dims: [2], dataType: 6, int32Data: [7, -7] }, tensor('int32', [2], Int32Array.of(7, -7))],
      [{ dims: [2], dataType: 9, int32Data: [1, 0] }, tensor('bool', [2], Uint8Array.of(1, 0))],
      [{ dims: [1], dataType: 2, int32Data: [255] }, tensor('uint8', [1], Uint8Array.of(255))],
      [{ dims: [1], dataType: 3, rawData: Uint8Array.of(255) }, tensor('int8', [1], Int8Array.of(-1))],
      [{ dims: [1], dataType: 12, uint64Data: [4e9] }, tensor('uint32', [1], Uint32Array.of(4e9))],
      [{ dims: [], dataType: 1, floatData: [3] }, float32([], [3])],
      [{ dims: [0, 4], dataType: 1 }, float32([0, 4], [])],
    ];
    for (const [proto, expected] of cases) {
      assert.deepEqual(readInitializer(proto), expected);
    }
  });

  it('turns half precision into float32, casts included', () => {
    assert.deepEqual(
      readInitializer({ dims: [2], dataType: 10, rawData: bytesOf(Uint16Array.of(0x3c00, 0xc500)) }),
      float32([2], [1, -5]),
    );
    assert.deepEqual(
      readInitializer({ dims: [1], dataType: 10, int32Data: [0x3555] }),
      float32([1], [0.333251953125]),
    );
    assert.deepEqual(
      readInitializer({ dims: [1], dataType: 16, int32Data: [0x4049] }),
      float32([1], [3.140625]),
    );
    const cast = { opType: 'Cast', input: ['x'], output: ['y'], attribute: [{ name: 'to', type: 2, i: 10 }] };
    const graph = readOnnx(model({ node: [cast], input: [info('x', 10)] }));
    assert.deepEqual(graph.nodes[0]!.attributes.to, { kind: 'int', value: 1 });
    assert.equal(graph.inputs[0]!.dtype, 'float32');
    assert.deepEqual(
      graph.findings?.map(({ code }) => code),
      ['half-precision'],
    );
    const values = [0x0001, 0x03ff, 0x0400, 0x7bff, 0x7c00, 0xfc00, 0x8000].map(fromFloat16);
    assert.deepEqual(values, [2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504, Infinity, -Infinity, -0]);
    assert.ok(Number.isNaN(fromFloat16(0x7e00)));
    assert.equal(fromBfloat16(0xff80), -Infinity);
  });

  it('leaves initializers out of the inputs, and keeps what is said about dims', () => {
    const dim = [{ dimParam: 'batch' }, { dimValue: 3 }, {}];
    const x = { name: 'x', type: { tensorType: { elemType: 1, shape: { dim } } } };
    const w = { name: 'w', dims: [1], dataType: 1, floatData: [1] };
    const graph = readOnnx(model({ input: [info('w'), x], initializer: [w] }));
    assert.deepEqual(graph.inputs, [{ name: 'x', dtype: 'float32', dims: ['batch', 3, null] }]);
  });

  it('puts nodes in order, and keeps their metadata', () => {
    const nodes: Draft<NodeProto>[] = [
      { opType: 'Neg', input: ['a'], output: ['y'], metadataProps: [{ key: 'k', value: 'v' }] },
      { opType: 'Relu', input: ['x'], output: ['a'] },
    ];
    const graph = readOnnx(model({ node: nodes }));
    assert.deepEqual(
      graph.nodes.map((node) => node.op),
      ['Relu', 'Neg'],
    );
    assert.deepEqual(graph.nodes[1]!.metadata, new Map([['k', 'v']]));
  });

  it('takes attributes without a type, as old files have them', () => {
    const attribute = [
      { name: 'alpha', f: 0.5 },
      { name: 'axis', i: toInt64(-1) },
      { name: 'pads', ints: [toInt64(1)] },
    ];
    const graph = readOnnx(model({ node: [{ ...relu, attribute }] }));
    const { alpha, axis, pads } = graph.nodes[0]!.attributes;
    assert.deepEqual(
      [alpha, axis, pads],
      [
        { kind: 'float', value: 0.5 },
        { kind: 'int', value: -1 },
        { kind: 'ints', value: [1] },
      ],
    );
  });

  it('lets the graphs in attributes see the names around them', () => {
    const branch = (name: string) => ({
      node: [{ opType: 'Neg', input: ['x'], output: [name] }],
      output: [info(name)],
    });
    const attribute = [
      { name: 'then_branch', type: 5, g: branch('p') },
      { name: 'else_branch', type: 5, g: branch('q') },
    ];
    const nodes = [
      { opType: 'If', input: ['c'], output: ['y'], attribute },
      {
        opType: 'Constant',
        output: ['c'],
        attribute: [{ name: 'value', type: 4, t: { dims: [], dataType: 9, int32Data: [1] } }],
      },
    ];
    const graph = readOnnx(model({ node: nodes }));
    assert.deepEqual(
      graph.nodes.map((node) => node.op),
      ['Constant', 'If'],
    );
    assert.deepEqual(readOnnx(writeOnnx(graph)), graph);
  });
});
