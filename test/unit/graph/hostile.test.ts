import assert from 'node:assert/strict';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { float, int, ints } from '../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../src/graph/builder.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph, GraphNode } from '../../../src/graph/graph.ts';
import { float32, int64 } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { graphOf } from './smallGraph.ts';

const MEGABYTE = 2 ** 20;

/** Something between x [N, 3, 8] and two logits. */
function classifier(grow: (builder: GraphBuilder) => string): Graph {
  return graphOf(['N', 3, 8], (builder) => {
    const pooled = builder.reduce('ReduceMean', grow(builder), [2], false);
    return builder.add('MatMul', [pooled, builder.constant(float32([3, 2], [1, 2, 3, 4, 5, 6]))]);
  });
}

const GIANTS: Readonly<Record<string, (builder: GraphBuilder) => string>> = {
  'a tensor of a written size': (b) =>
    b.add('Add', ['x', b.add('ConstantOfShape', [b.ints([1, 1_000_000, 1_000_000])])]),
  'an Expand': (b) => b.add('Expand', [b.unsqueeze('x', [3]), b.ints([1, 1, 1, 2 ** 40])]),
  'a Tile of a few gigabytes': (b) => b.add('Tile', ['x', b.ints([1, 1, 2 ** 22])]),
  'a Tile': (b) => b.add('Tile', ['x', b.ints([1, 1, 2 ** 31])]),
  'a Pad': (b) => b.pad('x', [0, 0, 2 ** 40, 0, 0, 0]),
  'the pads of a convolution': (b) =>
    b.add('Conv', ['x', b.constant(float32([3, 3, 1], new Float32Array(9).fill(1)))], {
      pads: ints([2 ** 31, 2 ** 31]),
    }),
  'a Resize': (b) =>
    b.add('Resize', ['x', '', b.constant(float32([3], [1, 1, 1e9]))], {
      mode: { kind: 'string', value: 'nearest' },
    }),
  'a size that is joined': (b) =>
    b.add('Add', ['x', b.add('ConstantOfShape', [b.concat([b.ints([1, 1e5]), b.ints([1e5])], 0)])]),
  'a size that is a product': (b) =>
    b.add('Expand', [b.unsqueeze('x', [3]), b.add('Mul', [b.ints([1, 1, 1, 1e6]), b.ints([1e6])])]),
  'a Resize behind the shape that is there': (b) =>
    b.add('Resize', ['x', '', '', b.concat([b.slice(b.shapeOf('x'), [0], [0], [2]), b.ints([1e9])], 0)], {
      mode: { kind: 'string', value: 'nearest' },
    }),
  'a Pad whose borders are joined': (b) =>
    b.add('Pad', ['x', b.concat([b.ints([0, 0, 0, 0, 0]), b.ints([1e9])], 0)]),
  'a Range to a product': (b) => {
    const whole = (value: number) => b.constant(int64([], [value]));
    const end = b.add('Mul', [whole(1e5), whole(1e5)]);
    const range = b.add('Cast', [b.add('Range', [whole(0), end, whole(1)])], { to: int(1) });
    return b.add('Add', ['x', b.reduce('ReduceMax', range, [0], true)]);
  },
  'constants spread over each other': (b) => {
    const [row, column] = [b.ints([1, 1e6]), b.ints([1e6, 1])].map((one) => b.add('ConstantOfShape', [one]));
    return b.add('Add', ['x', b.reduce('ReduceMax', b.add('Mul', [row!, column!]), [0, 1], true)]);
  },
  'doubling again and again': (b) => {
    let x = 'x';
    for (let i = 0; i < 40; i++) x = b.add('Concat', [x, x], { axis: int(2) });
    return x;
  },
};

describe('hostile graphs', () => {
  for (const [what, grow] of Object.entries(GIANTS)) {
    it(`${what} that makes more than there is memory is refused before anything runs`, async () => {
      await refusedQuickly(
        classifier(grow),
        'input-too-big',
        /larger than that of any time-series classifier, of (\d[\d,]+|10\^\d+) values or more/,
      );
    });
  }

  it('a giant input is refused', async () => {
    const plain = classifier((b) => b.add('Relu', ['x']));
    const giant = { ...plain, inputs: [{ ...plain.inputs[0]!, dims: ['N', 3, 2 ** 31] }] };
    await refusedQuickly(giant, 'input-too-big', /larger than any series/);
  });

  it('a circle is refused', () => {
    const plain = classifier((b) => b.add('Relu', ['x']));
    const [relu, ...others] = plain.nodes;
    const circle: GraphNode[] = [{ ...relu!, inputs: [others.at(-1)!.outputs[0]!] }, ...others];
    refuses(() => readOnnx(writeOnnx({ ...plain, nodes: circle })), 'broken-model', /in a circle through/);
  });

  it('graphs nested in graphs without end are refused', () => {
    refuses(() => readOnnx(writeOnnx(nested(30))), 'unsupported-model', /nests graphs more than 16 deep/);
  });
});

/** An If in an If in an If … */
function nested(depth: number): Graph {
  const plain = classifier((b) => b.add('Relu', ['x']));
  let inner: Graph = {
    ...plain,
    inputs: [],
    outputs: [{ name: 'c', dtype: 'float32', dims: [] }],
    nodes: [
      {
        op: 'Constant',
        domain: '',
        name: 'c',
        inputs: [],
        outputs: ['c'],
        attributes: { value_float: float(1) },
      },
    ],
    constants: new Map(),
  };
  for (let i = 0; i < depth; i++) {
    const branch = { kind: 'graph', value: inner } as const;
    const node: GraphNode = {
      op: 'If',
      domain: '',
      name: `if${i}`,
      inputs: ['flag'],
      outputs: [`v${i}`],
      attributes: { then_branch: branch },
    };
    inner = { ...inner, nodes: [node], outputs: [{ name: `v${i}`, dtype: 'float32', dims: [] }] };
  }
  const [top] = inner.nodes;
  const flag = int64([], [1]);
  return {
    ...plain,
    nodes: [...plain.nodes, top!],
    outputs: [...plain.outputs, ...inner.outputs],
    constants: new Map([...plain.constants, ['flag', flag]]),
  };
}

async function refusedQuickly(graph: Graph, code: string, said: RegExp): Promise<void> {
  const runtime = await openOnnxRuntimeNode();
  const memory = process.memoryUsage().rss;
  await assert.rejects(
    describeClassifier(readOnnx(writeOnnx(graph)), runtime, { layout: 'NFT' }),
    (error) => error instanceof Refusal && error.code === code && said.test(error.message),
  );
  assert.ok(process.memoryUsage().rss - memory < 300 * MEGABYTE);
}

function refuses(work: () => unknown, code: string, said: RegExp): void {
  assert.throws(work, (error) => error instanceof Refusal && error.code === code && said.test(error.message));
}
