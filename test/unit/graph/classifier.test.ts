import assert from 'node:assert/strict';
import { int, text } from '../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../src/graph/builder.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { InputLayout } from '../../../src/graph/inputLayout.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { refusal } from '../refusal.ts';
import { behindUnknown, graphOf } from './smallGraph.ts';

type Dims = readonly (number | string | null)[];

function weights(builder: GraphBuilder, dims: readonly number[]): string {
  const count = dims.reduce((product, dim) => product * dim, 1);
  return builder.constant(
    float32(
      dims,
      Float32Array.from({ length: count }, (_, i) => Math.sin(i + 1)),
    ),
  );
}

/** Conv over [N, features, T] to 4 channels, mean over time, linear to `classes`. */
function head(builder: GraphBuilder, x: string, features: number, classes = 3, kernel = 3): string {
  const conv = builder.add('Conv', [x, weights(builder, [4, features, kernel])], {
    auto_pad: text('SAME_UPPER'),
  });
  const pooled = builder.reduce('ReduceMean', builder.add('Relu', [conv]), [2], false);
  return builder.add('MatMul', [pooled, weights(builder, [4, classes])]);
}

describe('describeClassifier', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });
  const describeIt = (graph: Graph, hints?: { layout?: InputLayout; steps?: number }) =>
    describeClassifier(graph, runtime, hints);
  const refused = (graph: Graph, code: string, words: RegExp, hints?: { layout?: InputLayout }) =>
    assert.rejects(describeIt(graph, hints), refusal(code, words));

  const layouts: { layout: InputLayout; dims: Dims; grow: (b: GraphBuilder) => string }[] = [
    { layout: 'NFT', dims: ['N', 5, 16], grow: (b) => head(b, 'x', 5) },
    { layout: 'NTF', dims: ['N', 16, 5], grow: (b) => head(b, b.transpose('x', [0, 2, 1]), 5) },
    { layout: 'N1FT', dims: ['N', 1, 5, 16], grow: (b) => head(b, b.squeeze('x', [1]), 5) },
    {
      layout: 'N1TF',
      dims: ['N', 1, 16, 5],
      grow: (b) => head(b, b.transpose(b.squeeze('x', [1]), [0, 2, 1]), 5),
    },
    { layout: 'NFT1', dims: ['N', 5, 16, 1], grow: (b) => head(b, b.squeeze('x', [3]), 5) },
    {
      layout: 'NTF1',
      dims: ['N', 16, 5, 1],
      grow: (b) => head(b, b.transpose(b.squeeze('x', [3]), [0, 2, 1]), 5),
    },
  ];
  for (const { layout, dims, grow } of layouts) {
    it(`sees that [${dims.join(', ')}] is ${layout}`, async () => {
      const { input, layers } = await describeIt(graphOf(dims, grow));
      assert.deepEqual(input, { name: 'x', dtype: 'float32', layout, features: 5, steps: 16, batch: null });
      assert.deepEqual(
        layers.map((layer) => layer.shape),
        [[4, 16]],
      );
    });
  }

  it('takes the one free axis for time, and reads it at the length asked for', async () => {
    const graph = graphOf(['N', 'T', 5], (b) => head(b, b.transpose('x', [0, 2, 1]), 5));
    const { input, layers } = await describeIt(graph, { steps: 40 });
    assert.equal(input.layout, 'NTF');
    assert.equal(input.steps, null);
    assert.deepEqual(layers[0]!.shape, [4, 40]);
  });

  it('asks for the layout where the model does not show it, and takes what it is told', async () => {
    const square = (b: GraphBuilder) => {
      const image = b.unsqueeze('x', [1]);
      const conv = b.add('Conv', [image, weights(b, [4, 1, 3, 3])], { auto_pad: text('SAME_UPPER') });
      return b.add('MatMul', [b.reduce('ReduceMean', conv, [2, 3], false), weights(b, [4, 2])]);
    };
    await refused(graphOf(['N', 9, 9], square), 'layout-ambiguous', /"input" in attribution.json/);
    const { input, layers } = await describeIt(graphOf(['N', 9, 9], square), { layout: 'NTF' });
    assert.equal(input.layout, 'NTF');
    assert.deepEqual(layers[0]!.axes, { channel: 1, feature: 3, time: 2 });
  });

  it('refuses a layout that does not fit', () =>
    refused(
      graphOf(['N', 5, 16], (b) => head(b, 'x', 5)),
      'layout-mismatch',
      /N1FT does not fit/,
      { layout: 'N1FT' },
    ));

  it('finds the logits before a final activation', async () => {
    for (const [op, kind] of [
      ['Softmax', 'softmax'],
      ['LogSoftmax', 'log-softmax'],
      ['Sigmoid', 'sigmoid'],
    ] as const) {
      const graph = graphOf(['N', 5, 16], (b) =>
        b.add(op, [head(b, 'x', 5)], op === 'Sigmoid' ? {} : { axis: int(-1) }),
      );
      const found = await describeIt(graph);
      assert.equal(found.outputIs, kind);
      assert.match(found.logits, /MatMul/);
      assert.equal(found.classes, 3);
    }
  });

  it('reads one output as two classes with opposite logits', async () => {
    const found = await describeIt(graphOf(['N', 5, 16], (b) => b.add('Sigmoid', [head(b, 'x', 5, 1)])));
    assert.deepEqual([found.classes, found.outputIs], [2, 'sigmoid']);
    assert.deepEqual(
      found.findings.map(({ code }) => code),
      ['one-output'],
    );
    assert.deepEqual(found.shapes.dims(found.logits), [2, 2]);
    const outputs = [found.logits, 'y'].map((name) => ({ name, dtype: null, dims: [] }));
    const session = await runtime.load({ ...found.graph, outputs });
    const x = float32(
      [1, 5, 16],
      Float32Array.from({ length: 80 }, (_, i) => Math.cos(i)),
    );
    const { [found.logits]: logits, y } = await session.run({ x });
    const [no, yes] = logits!.data as Float32Array;
    assert.equal(no, -yes!);
    assert.ok(Math.abs(1 / (1 + Math.exp(-yes!)) - (y!.data[0] as number)) < 1e-6);
  });

  it('says so where probabilities come out of a softmax it does not know', async () => {
    const graph = graphOf(['N', 5, 16], (b) => {
      const powers = b.add('Exp', [head(b, 'x', 5)]);
      return b.add('Div', [powers, b.reduce('ReduceSum', powers, [1], true)]);
    });
    assert.deepEqual(
      (await describeIt(graph)).findings.map(({ code }) => code),
      ['probabilities-not-logits'],
    );
  });

  it('explains the logits, not the embedding they are computed from, and names the output it leaves', async () => {
    const graph = graphOf(['N', 5, 16], (b) => head(b, 'x', 5));
    const embedding = graph.nodes.find((node) => node.op === 'ReduceMean')!.outputs[0]!;
    const outputs = [{ name: embedding, dtype: null, dims: [] }, ...graph.outputs];
    const found = await describeIt({ ...graph, outputs });
    assert.equal(found.logits, 'y');
    assert.match(found.findings[0]!.sentence, /"y" is explained; .*ReduceMean/);
  });

  it('of one feature takes the longer axis for time', async () => {
    const flat = (b: GraphBuilder) => b.add('MatMul', [b.reshape('x', [-1, 16]), weights(b, [16, 2])]);
    assert.equal((await describeIt(graphOf(['N', 16, 1], flat))).input.layout, 'NTF');
    assert.equal((await describeIt(graphOf(['N', 1, 16], flat))).input.layout, 'NFT');
  });

  it('does not take what only a nested graph reads for independent of the input', async () => {
    const branch = (op: string): Graph => ({
      ...graphOf([], (b) => b.add(op, ['x'])),
      inputs: [],
    });
    const graph = graphOf(['N', 5, 16], (b) => {
      const most = b.add('ReduceMax', ['x'], { keepdims: int(0) });
      const above = b.add('Greater', [most, b.scalar(-100)]);
      const chosen = b.add('If', [above], {
        then_branch: { kind: 'graph', value: branch('Relu') },
        else_branch: { kind: 'graph', value: branch('GlobalMaxPool') },
      });
      return head(b, chosen, 5);
    });
    const { findings } = await describeIt(graph, { layout: 'NFT' });
    assert.match(findings.map(({ sentence }) => sentence).join(), /behind If/);
  });

  it('keeps a fixed number of instances', async () => {
    const { input, shapes } = await describeIt(graphOf([4, 5, 16], (b) => head(b, 'x', 5)));
    assert.equal(input.batch, 4);
    assert.deepEqual(shapes.dims('y'), [4, 3]);
  });

  it('finds out that a batch written as free is one all the same', async () => {
    const graph = graphOf(['N', 5, 16], (b) => head(b, b.reshape('x', [1, 5, 16]), 5));
    const { input, findings } = await describeIt(graph);
    assert.equal(input.batch, 1);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['batch-of-one'],
    );
  });

  it('names layers by kind and number where the graph has no module names', async () => {
    const { layers } = await describeIt(graphOf(['N', 5, 16], (b) => head(b, 'x', 5)));
    assert.deepEqual(
      layers.map(({ name, kind }) => [name, kind]),
      [['conv1', 'Conv 1-D + ReLU']],
    );
  });

  it('names what it leaves out: maps with other rows than features, and what lies behind an unknown operator', async () => {
    const halved = graphOf(['N', 1, 6, 16], (b) => {
      const conv = b.add('Conv', ['x', weights(b, [4, 1, 1, 3])], {});
      const pooled = b.add('MaxPool', [conv], {
        kernel_shape: { kind: 'ints', value: [2, 1] },
        strides: { kind: 'ints', value: [2, 1] },
      });
      return b.add('MatMul', [b.reduce('ReduceMean', pooled, [2, 3], false), weights(b, [4, 2])]);
    });
    const found = await describeIt(halved, { layout: 'N1FT' });
    assert.deepEqual(
      found.layers.map(({ name }) => name),
      ['conv1', 'max-pool1'],
    );
    const [, pool] = found.layers;
    assert.deepEqual([pool!.rank, pool!.shape, pool!.marks.includes('rows averaged')], [1, [4, 3, 14], true]);
    assert.match(pool!.note!, /3 rows for 6 features.*mean/);
    const unknown = graphOf(['N', 5, 16], (b) => head(b, behindUnknown(b, 'x', 16), 5));
    const { findings } = await describeIt(unknown, { layout: 'NFT' });
    assert.match(findings[0]!.sentence, /behind Compress/);
  });

  it('refuses what is no classifier of one series, in one sentence', async () => {
    const plain = graphOf(['N', 5, 16], (b) => head(b, 'x', 5));
    const second = { name: 'length', dtype: 'int64' as const, dims: ['N'] };
    await refused({ ...plain, inputs: [...plain.inputs, second] }, 'several-inputs', /\(x, length\)/);
    await refused({ ...plain, inputs: [] }, 'not-a-classifier', /no input/);
    await refused(
      { ...plain, inputs: [{ ...plain.inputs[0]!, dtype: 'int64' }] },
      'not-a-classifier',
      /int64/,
    );
    const segments = graphOf(['N', 5, 16], (b) => b.add('Conv', ['x', weights(b, [3, 5, 1])]));
    await refused(segments, 'not-a-classifier', /one value per class/);
    await refused(
      graphOf(['N', 16], (b) => b.add('Relu', ['x'])),
      'input-shape',
      /\[N, 16\]/,
    );
    await refused(
      graphOf(['N', 3, 32, 32], (b) => b.add('Relu', ['x'])),
      'input-shape',
      /axis of 1/,
    );
    await refused(
      graphOf(['N', 'F', 16], (b) => head(b, 'x', 5)),
      'input-shape',
      /how many features/,
      { layout: 'NFT' },
    );
    await refused(
      graphOf(['N', 2 ** 20, 2 ** 20], (b) => b.add('Relu', ['x'])),
      'input-too-big',
      /larger than any/,
    );
    const unknown = graphOf(['N', 5, 16], (b) => b.add('NoSuchOperator', ['x']));
    await refused(unknown, 'model-refused', /NoSuchOperator/);
  });

  it('takes any tensor with a time axis for a layer, and says why another one is none', async () => {
    const graph = graphOf(['N', 5, 16], (b) => head(b, 'x', 5));
    const found = await describeIt(graph);
    const conv = graph.nodes.find((node) => node.op === 'Conv')!.outputs[0]!;
    assert.deepEqual(layerOrTensor(found, conv).shape, [4, 16]);
    assert.equal(layerOrTensor(found, 'conv1'), found.layers[0]);
    assert.equal(layerOrTensor(found, found.layers[0]!.tensor), found.layers[0]);
    assert.deepEqual(layerOrTensor(found, 'x').shape, [5, 16]);
    assert.throws(() => layerOrTensor(found, 'y'), refusal('layer-without-time', /no time axis/));
    assert.throws(() => layerOrTensor(found, 'conv7'), refusal('unknown-layer', /its layers are conv1/));
  });
});
