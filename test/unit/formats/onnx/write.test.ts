import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readOnnx } from '../../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../../src/formats/onnx/writeOnnx.ts';
import type { Attribute, Graph } from '../../../../src/graph/graph.ts';
import { float32, tensor } from '../../../../src/graph/tensor.ts';

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
      attributes: fc.array(fc.dictionary(name, attribute), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(graphs, ({ opset, values, attributes }) => {
        const nodes = attributes.map((attributes, i) => ({
          op: 'Relu',
          domain: i % 2 === 0 ? '' : 'com.microsoft',
          name: `node ${i}`,
          inputs: [`.${i}`, '', ...Object.keys(values)],
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

  it('leaves out what no output rests on, which ONNX Runtime would warn of at every load', () => {
    const node = (op: string, inputs: string[], output: string) => ({
      ...{ op, domain: '', name: output, inputs, outputs: [output], attributes: {} },
    });
    const graph: Graph = {
      ...{ opset: 17, irVersion: 8, producer: 'surgery' },
      nodes: [
        node('Neg', ['b'], 'dead'),
        node('Add', ['x', 'a'], 'y'),
        node('Add', ['dead', 'a'], 'dead too'),
      ],
      constants: new Map(['a', 'b', 'c', 'kept'].map((name) => [name, float32([1], [1])])),
      inputs: [{ name: 'x', dtype: 'float32', dims: [1] }],
      outputs: ['y', 'kept'].map((name) => ({ name, dtype: 'float32', dims: [1] })),
    };
    const { nodes, constants } = readOnnx(writeOnnx(graph));
    assert.deepEqual(
      nodes.map(({ op }) => op),
      ['Add'],
    );
    assert.deepEqual([...constants.keys()], ['a', 'kept']);
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
