import assert from 'node:assert/strict';
import { floats, type Json, type Node, placeholder, read, refused, sum } from './smallTfjs.ts';

describe('Hostile graphs of TensorFlow.js', () => {
  it('refuses graphs that cannot be', () => {
    const nodes = (...more: Node[]) => sum({ nodes: [placeholder(-1, 2), ...more] });
    const relu = (name: string, input: string): Node => ({ name, op: 'Relu', input: [input] });
    refused(nodes(relu('a', 'b'), relu('b', 'a')), 'broken-model', /in a circle/);
    refused(nodes(relu('a', 'gone')), 'broken-model', /"gone", which nothing/);
    refused(nodes(relu('a', 'x:3')), 'unsupported-model', /reads output 3/);
    refused(nodes(relu('a', 'x'), relu('a', 'x')), 'broken-model', /produced twice/);
    refused(
      nodes({ name: 'w2', op: 'Const' }, { name: 'y', op: 'AddV2', input: ['x', 'w2'] }),
      'broken-model',
      /does not list the weight "w2"/,
    );
    refused(
      nodes({ name: 'y', op: 'Frobnicate', input: ['x'] }),
      'unsupported-operator',
      /"y" \(Frobnicate\)/,
    );
    refused(nodes({ name: 'y', op: 'constructor', input: ['x'] }), 'unsupported-operator', /constructor/);
    refused(nodes({ name: 'y', op: 'StatelessWhile', input: ['x'] }), 'unsupported-operator', /control flow/);
    const library = { library: { function: [{ signature: { name: 'inner' } }] } };
    const call = nodes({ name: 'y', op: 'inner', input: ['x'] });
    refused(
      { ...call, modelTopology: { ...call.modelTopology, ...library } },
      'unsupported-model',
      /the function inner/,
    );
    refused({ ...sum(), signature: { outputs: { y: { name: 'none:0' } } } }, 'broken-model', /output "none"/);
  });

  it('takes a size of an input that is left out, or 0, for one that is free', () => {
    const sizeless: Node['attr'] = {
      dtype: { type: 'DT_FLOAT' },
      shape: { shape: { dim: [{} as Json, { size: '2' }] } },
    };
    for (const first of [placeholder(0, 2), { ...placeholder(-1, 2), attr: sizeless }]) {
      const { inputs } = read(
        sum({ nodes: [first, { name: 'w', op: 'Const' }, { name: 'y', op: 'AddV2', input: ['x', 'w'] }] }),
      );
      assert.deepEqual(inputs[0]!.dims, ['N', 2]);
    }
  });

  it('does not compute without end', () => {
    const wide = (op: string) =>
      sum({
        nodes: [
          placeholder(-1, 2),
          { name: 'w', op: 'Const' },
          { name: 'n', op: 'Const' },
          { name: 'f', op, input: op === 'Fill' ? ['n', 'w'] : ['x', 'n'] },
        ],
        weights: [
          { name: 'w', shape: [], dtype: 'float32' },
          { name: 'n', shape: [2], dtype: 'int32' },
        ],
      });
    const shard = Buffer.concat([floats(1), new Uint8Array(Int32Array.of(1, 2 ** 30).buffer)]);
    for (const op of ['Fill', 'Tile']) refused(wide(op), 'model-too-big', /no model of series has/, shard);
    const chain = (op: string, count: number, input: (before: string) => string[]) => {
      const links = Array.from(
        { length: count },
        (_, i): Node => ({
          name: `n${i}`,
          op,
          input: input(i === 0 ? (op === 'ExpandDims' ? 'x' : 'i') : `n${i - 1}`),
          attr: {},
        }),
      );
      return sum({
        nodes: [placeholder(-1, 2), { name: 'i', op: 'Const' }, { name: 'zero', op: 'Const' }, ...links],
        weights: [
          { name: 'i', shape: [1], dtype: 'int32' },
          { name: 'zero', shape: [], dtype: 'int32' },
        ],
      });
    };
    const zeros = new Uint8Array(8);
    refused(
      chain('ExpandDims', 20_000, (before) => [before, 'zero']),
      'model-too-big',
      /…\], which/,
      zeros,
    );
    refused(
      chain('ConcatV2', 60, (before) => [before, before, 'zero']),
      'model-too-big',
      /no model of series has/,
      zeros,
    );
  });
});
