import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromBfloat16 } from '../../../src/formats/onnx/elementType.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import {
  type Draft,
  encodeModel,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  toInt64,
} from '../../../src/formats/onnx/schema.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import type { Attribute, Graph } from '../../../src/graph/graph.ts';
import { fromFloat16 } from '../../../src/graph/halfPrecision.ts';
import { float32, int64, numbers, type Tensor, tensor } from '../../../src/graph/tensor.ts';
import { refusal } from '../refusal.ts';

const bytesOf = (data: { buffer: ArrayBufferLike }) => new Uint8Array(data.buffer);
const info = (name: string, elemType = 1) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: [] } } },
});
const relu: Draft<NodeProto> = { opType: 'Relu', name: 'r', input: ['x'], output: ['y'] };

/** A model x → Relu → y, with what is given put in its place. */
function model(
  graph: Draft<NonNullable<ModelProto['graph']>> = {},
  other: Draft<ModelProto> = {},
): Uint8Array {
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    graph: { node: [relu], input: [info('x')], output: [info('y')], ...graph },
    ...other,
  });
}

const initializer = (proto: Draft<TensorProto>) => model({ initializer: [{ name: 'w', ...proto }] });
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

describe('writeOnnx', () => {
  const value = fc.oneof(
    fc.array(fc.float({ noNaN: true }), { maxLength: 4 }).map((values) => float32([values.length], values)),
    fc
      .array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 4 })
      .map((values) => tensor('int64', [values.length], BigInt64Array.from(values))),
    fc.uint8Array({ maxLength: 4 }).map((values) => tensor('uint8', [1, values.length], values)),
  );
  const int = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(2 ** 63, -(2 ** 63)));
  const attribute: fc.Arbitrary<Attribute> = fc.oneof(
    int.map((value) => ({ kind: 'int', value }) as const),
    fc.float({ noNaN: true }).map((value) => ({ kind: 'float', value }) as const),
    fc.string().map((value) => ({ kind: 'string', value }) as const),
    fc.array(int).map((value) => ({ kind: 'ints', value }) as const),
    fc.array(fc.float({ noNaN: true })).map((value) => ({ kind: 'floats', value }) as const),
    fc.array(fc.string()).map((value) => ({ kind: 'strings', value }) as const),
    value.map((value) => ({ kind: 'tensor', value }) as const),
  );
  const name = fc.stringMatching(/^[a-z]{1,8}$/);

  it('is read back as the same graph', () => {
    const graphs = fc.record({
      opset: fc.integer({ min: 9, max: 22 }),
      values: fc.dictionary(name, value),
      attributes: fc.array(fc.dictionary(name, attribute), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(graphs, ({ opset, values, attributes }) => {
        const nodes = attributes.map((attributes, i) => ({
          op: 'Relu',
          domain: i % 2 === 0 ? '' : 'com.microsoft',
          name: `node ${i}`,
          inputs: [`.${i}`, ''],
          outputs: [`.${i + 1}`],
          attributes: { ...attributes },
        }));
        const graph: Graph = {
          opset,
          irVersion: 8,
          producer: 'some exporter 1.2',
          nodes,
          constants: new Map(Object.entries(values)),
          inputs: [{ name: '.0', dtype: 'float32', dims: ['N', 3, null] }],
          outputs: [{ name: `.${nodes.length}`, dtype: null, dims: [] }],
        };
        const again = readOnnx(writeOnnx(graph));
        assert.deepEqual(plain(again), plain(graph));
      }),
    );
  });

  /** −0 in an int attribute is 0 in a file. */
  function plain(graph: Graph): unknown {
    return JSON.parse(
      JSON.stringify(graph, (_, value) =>
        value instanceof Map
          ? [...value]
          : ArrayBuffer.isView(value)
            ? [
                value.constructor.name,
                Array.from(value as unknown as ArrayLike<number | bigint>, (item) =>
                  Object.is(item, -0) ? '-0' : String(item),
                ),
              ]
            : value,
      ),
    );
  }
});

describe('readOnnx refuses', () => {
  const refuses = (
    bytes: Uint8Array,
    code: string,
    words: RegExp,
    external?: (location: string) => Uint8Array,
  ) => {
    const start = performance.now();
    assert.throws(() => readOnnx(bytes, external), refusal(code, words));
    assert.ok(performance.now() - start < 2000, 'slow');
  };
  const external = (entries: Record<string, string>): Draft<TensorProto> => ({
    dims: [4],
    dataType: 1,
    dataLocation: 1,
    externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
  });

  it('bytes that are no model, and models cut short anywhere', () => {
    refuses(Uint8Array.of(), 'not-onnx', /no ONNX graph/);
    refuses(new TextEncoder().encode('<!doctype html><html></html>'), 'not-onnx', /not an ONNX model/);
    const whole = model({
      initializer: [{ name: 'w', dims: [100], dataType: 1, rawData: new Uint8Array(400) }],
    });
    for (let length = 0; length < whole.length; length++) {
      assert.throws(() => readOnnx(whole.subarray(0, length)), refusal('not-onnx', /ONNX/));
    }
  });

  it('any random bytes, without another kind of error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        assert.throws(
          () => readOnnx(noise),
          (error) => error instanceof Error && error.name === 'Refusal',
        );
      }),
    );
    const whole = model({ initializer: [{ name: 'w', dims: [2], dataType: 1, floatData: [1, 2] }] });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bent = whole.slice();
        bent[at] = byte;
        try {
          readOnnx(bent);
        } catch (error) {
          assert.ok(error instanceof Error && error.name === 'Refusal', String(error));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('dims that do not go with the bytes, however large', () => {
    refuses(
      initializer({ dims: [2 ** 40, 2 ** 40], dataType: 1, rawData: new Uint8Array(8) }),
      'broken-model',
      /impossible shape/,
    );
    refuses(
      initializer({ dims: [toInt64(2 ** 40)], dataType: 1, rawData: new Uint8Array(8) }),
      'broken-model',
      /needs \d+ bytes, but holds 8/,
    );
    refuses(
      initializer({ dims: [toInt64(2 ** 40)], dataType: 1, floatData: [1] }),
      'broken-model',
      /needs \d+ values, but holds 1/,
    );
    refuses(
      initializer({ dims: [toInt64(-2)], dataType: 1, floatData: [1] }),
      'broken-model',
      /impossible shape \[-2\]/,
    );
    refuses(
      initializer({ dims: [3], dataType: 7, rawData: new Uint8Array(23) }),
      'broken-model',
      /needs 24 bytes, but holds 23/,
    );
  });

  it('element types and attributes it cannot hold, by name', () => {
    refuses(initializer({ dims: [1], dataType: 8 }), 'unsupported-dtype', /"w" has element type string/);
    refuses(
      initializer({ dims: [1], dataType: 17, rawData: Uint8Array.of(1) }),
      'unsupported-dtype',
      /float8e4m3fn/,
    );
    refuses(initializer({ dims: [1], dataType: 99 }), 'unsupported-dtype', /number 99/);
    refuses(
      model({ node: [{ ...relu, attribute: [{ name: 'z', type: 11 }] }] }),
      'unsupported-model',
      /"z" of node "r"/,
    );
    refuses(model({ input: [{ name: 'x', type: {} }] }), 'unsupported-model', /not a tensor/);
    refuses(model({ sparseInitializer: [{}] }), 'unsupported-model', /sparse/);
  });

  it('graphs that cannot run', () => {
    const neg = (input: string, output: string): Draft<NodeProto> => ({
      opType: 'Neg',
      name: `n${output}`,
      input: [input],
      output: [output],
    });
    refuses(
      model({ node: [neg('b', 'a'), neg('a', 'b'), neg('b', 'y')] }),
      'broken-model',
      /in a circle through node "n[ab]"/,
    );
    refuses(model({ node: [neg('y', 'y')] }), 'broken-model', /in a circle/);
    refuses(model({ node: [neg('nowhere', 'y')] }), 'broken-model', /reads "nowhere", which nothing/);
    refuses(model({ node: [relu, relu] }), 'broken-model', /"y" is produced twice/);
    refuses(model({ output: [info('z')] }), 'broken-model', /output "z" is produced by nothing/);
    const twice = { name: 'w', dims: [1], dataType: 1, floatData: [1] };
    refuses(model({ initializer: [twice, twice] }), 'broken-model', /occurs twice/);
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      neg(i === 0 ? 'x' : `t${i}`, i === 19_999 ? 'y' : `t${i + 1}`),
    );
    assert.equal(readOnnx(model({ node: chain.toReversed() })).nodes.length, 20_000);
  });

  it('opsets and operators it does not know, by name', () => {
    refuses(
      model({}, { opsetImport: [{ domain: '', version: 8 }] }),
      'unsupported-opset',
      /opset 8; supported are 9 to/,
    );
    refuses(model({}, { opsetImport: [{ domain: '', version: 99 }] }), 'unsupported-opset', /opset 99/);
    refuses(model({}, { opsetImport: [{ domain: 'my.ops', version: 1 }] }), 'unsupported-opset', /opset 0/);
    refuses(
      model({ node: [{ ...relu, domain: 'my.ops' }] }),
      'unsupported-operator',
      /my.ops.Relu \(node "r"\)/,
    );
    refuses(model({}, { functions: [{ name: 'Block', domain: 'pkg' }] }), 'unsupported-model', /pkg.Block/);
  });

  it('external data that is not there or does not fit', () => {
    const file = () => new Uint8Array(20);
    const at = (entries: Record<string, string>) => initializer(external(entries));
    refuses(at({ location: 'w.data' }), 'external-data-missing', /w\.data/);
    refuses(at({}), 'broken-model', /names none/, file);
    refuses(
      at({ location: 'w', offset: '8' }),
      'broken-model',
      /16 bytes from byte 8 of w, which has 20/,
      file,
    );
    refuses(at({ location: 'w', offset: '-1' }), 'broken-model', /from byte -1/, file);
    refuses(at({ location: 'w', length: '400' }), 'broken-model', /do not belong together/, file);
    refuses(at({ location: 'w', offset: 'NaN' }), 'broken-model', /do not belong together/, file);
    const read = readOnnx(at({ location: 'w', offset: '4', length: '16' }), file).constants.get('w')!;
    assert.deepEqual(numbers(read), [0, 0, 0, 0]);
  });

  it('graphs nested without end', () => {
    const length = (count: number): number[] =>
      count < 128 ? [count] : [(count & 127) | 128, ...length(count >> 7)];
    const field = (id: number, content: Uint8Array) =>
      Uint8Array.from([(id << 3) | 2, ...length(content.length), ...content]);
    let graph = new Uint8Array();
    // GraphProto.node (1) . attribute (5) . g (6)
    for (let depth = 0; depth < 500; depth++) graph = field(1, field(5, field(6, graph)));
    refuses(field(7, graph), 'not-onnx', /not an ONNX model/);
  });
});
