import assert from 'node:assert/strict';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { statesOfSequences } from '../../../src/graph/statesOfSequences.ts';
import { int64, numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { attribute, inputOf, opCase, weights } from '../gradient/opCase.ts';

const { int, text } = attribute;
const [T, N, F, H] = [5, 2, 3, 4];
const GATES = { LSTM: 4, GRU: 3, RNN: 1 };

/** The last states of all directions, [D, N, H]. */
function read(op: keyof typeof GATES, direction: string, sequence: string, more = ''): Graph {
  const d = direction === 'bidirectional' ? 2 : 1;
  return opCase(
    op,
    [T, N, F],
    [
      [op, `x w r b${more}`, `${sequence} h`, { hidden_size: int(H), direction: text(direction) }],
      ['Identity', 'h', 'y'],
    ],
    {
      constants: {
        w: weights([d, GATES[op] * H, F], 1),
        r: weights([d, GATES[op] * H, H], 2),
        b: weights([d, 2 * GATES[op] * H], 3),
        lengths: { ...int64([N], [5, 3]), dtype: 'int32', data: Int32Array.of(5, 3) },
      },
    },
  ).graph;
}

describe('last states of recurrent layers as steps of their sequence', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  const answer = async (graph: Graph) => {
    const session = await runtime.load(graph);
    const { y } = await session.run({ x: inputOf(opCase('x', [T, N, F], [['Identity', 'x', 'y']])) });
    await session.dispose();
    return y!;
  };

  for (const op of ['LSTM', 'GRU', 'RNN'] as const) {
    for (const direction of ['forward', 'reverse', 'bidirectional']) {
      it(`are the same numbers: ${op} ${direction}`, async () => {
        for (const sequence of ['all', '-']) {
          const graph = read(op, direction, sequence);
          const changed = statesOfSequences(graph);
          assert.ok(changed.nodes.length > graph.nodes.length);
          assert.ok(changed.nodes.every(({ op: kind, outputs }) => kind !== op || outputs[1] === ''));
          const [before, after] = [await answer(graph), await answer(changed)];
          assert.deepEqual(after.dims, before.dims);
          assert.deepEqual(numbers(after), numbers(before));
        }
      });
    }
  }

  it('stay as they are where series have lengths of their own, the sequence is read, too, or the set is old', () => {
    const both = read('GRU', 'forward', 'all');
    const sum = { ...both, nodes: [...both.nodes, { ...both.nodes[1]!, inputs: ['all'], outputs: ['z'] }] };
    const asked = { ...sum, outputs: [...both.outputs, { name: 'z', dtype: 'float32', dims: [] } as const] };
    assert.equal(statesOfSequences(asked), asked);
    assert.notEqual(statesOfSequences(sum), sum);
    const given = read('LSTM', 'forward', 'all', ' lengths');
    assert.equal(statesOfSequences(given), given);
    const old = { ...read('LSTM', 'forward', 'all'), opset: 10 };
    assert.equal(statesOfSequences(old), old);
    const unread = read('LSTM', 'forward', 'all');
    const nodes = unread.nodes.map((node) => (node.op === 'Identity' ? { ...node, inputs: ['all'] } : node));
    const other = { ...unread, nodes };
    assert.equal(statesOfSequences(other), other);
  });
});
