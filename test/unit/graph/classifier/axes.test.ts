import assert from 'node:assert/strict';
import { int, text } from '../../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../../src/graph/builder.ts';
import type { InputLayout } from '../../../../src/graph/inputLayout.ts';
import { maskedGraph } from '../../../../src/graph/masking/maskedGraph.ts';
import { refusal } from '../../refusal.ts';
import { graphOf } from '../smallGraph.ts';
import { describeIt, head, refused, weights } from './head.ts';

type Dims = readonly (number | string | null)[];

describe('describeClassifier', () => {
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

  it('sees along which axis a recurrence was written out step by step, each step taken by its number', async () => {
    const writtenOut = (axis: number, steps: number, isTurned: boolean) => (b: GraphBuilder) => {
      const [into, on] = [weights(b, [3, 4]), weights(b, [4, 4])];
      const states: string[] = [];
      for (let i = 0; i < steps; i++) {
        const at = b.int(isTurned ? steps - 1 - i : i);
        const own = b.add('MatMul', [b.add('Gather', ['x', at], { axis: int(axis) }), into]);
        const before = states.at(-1);
        states.push(
          b.add('Tanh', [before === undefined ? own : b.add('Add', [own, b.add('MatMul', [before, on])])]),
        );
      }
      const all = b.add(
        'Concat',
        states.map((state) => b.unsqueeze(state, [2])),
        { axis: int(2) },
      );
      return b.add('MatMul', [b.reduce('ReduceMean', all, [2], false), weights(b, [4, 3])]);
    };
    for (const [axis, dims, layout] of [
      [1, ['N', 8, 3], 'NTF'],
      [2, ['N', 3, 8], 'NFT'],
    ] as const)
      for (const isTurned of [false, true]) {
        const { input, layers, graph, tracks } = await describeIt(
          graphOf(dims, writtenOut(axis, 8, isTurned)),
        );
        assert.equal(input.layout, layout);
        assert.throws(
          () => maskedGraph(graph, tracks, { name: 'x', steps: 8 }),
          refusal(
            'cannot-mask',
            /one of the steps that a loop goes through, and no mask is laid on the state/,
          ),
        );
        const { positions, reads } = layers.find(({ kind }) => kind === 'Concat')!;
        const steps = Array.from({ length: 8 }, (_, i) => (isTurned ? 7 - i : i));
        assert.deepEqual([...positions], steps);
        assert.deepEqual([...reads!.to], isTurned ? steps.map(() => 8) : steps.map((step) => step + 1));
      }
  });

  it('takes the one free axis for time, and reads it at the length asked for', async () => {
    const graph = graphOf(['N', 'T', 5], (b) => head(b, b.transpose('x', [0, 2, 1]), 5));
    const { input, layers } = await describeIt(graph, { steps: 40 });
    assert.equal(input.layout, 'NTF');
    assert.equal(input.steps, null);
    assert.deepEqual(layers[0]!.shape, [4, 40]);
  });

  it('finds the one length that is written inside where the time axis names none, or says so', async () => {
    const shaped = graphOf(['N', 5, 'T'], (b) => head(b, b.reshape('x', [0, 5, 16]), 5));
    const { input, layers } = await describeIt(shaped);
    assert.equal(input.steps, 16);
    assert.deepEqual(layers[0]!.shape, [4, 16]);
    const flat = graphOf(['N', 5, 'T'], (b) =>
      b.add('MatMul', [b.reshape('x', [0, -1]), weights(b, [80, 3])]),
    );
    await refused(
      flat,
      'model-refused',
      /names no number of steps and does not take the 128 it was tried with/,
    );
  });

  it('asks for the layout where the model does not show it, and takes what it is told', async () => {
    const square = (b: GraphBuilder) => {
      const image = b.unsqueeze('x', [1]);
      const conv = b.add('Conv', [image, weights(b, [4, 1, 3, 3])], { auto_pad: text('SAME_UPPER') });
      return b.add('MatMul', [b.reduce('ReduceMean', conv, [2, 3], false), weights(b, [4, 2])]);
    };
    await refused(
      graphOf(['N', 9, 9], square),
      'layout-ambiguous',
      /Say in attribution.json "input": "NFT" if a series has 9 features and 9 steps; or "input": "NTF" if/,
    );
    const { input, layers } = await describeIt(graphOf(['N', 9, 9], square), { layout: 'NTF' });
    assert.equal(input.layout, 'NTF');
    assert.deepEqual(layers[0]!.axes, { batch: 0, channel: 1, feature: 3, time: 2 });
  });

  it('refuses a layout that does not fit', () =>
    refused(
      graphOf(['N', 5, 16], (b) => head(b, 'x', 5)),
      'layout-mismatch',
      /N1FT does not fit/,
      { layout: 'N1FT' },
    ));

  it('of one feature takes the longer axis for time', async () => {
    const flat = (b: GraphBuilder) => b.add('MatMul', [b.reshape('x', [-1, 16]), weights(b, [16, 2])]);
    assert.equal((await describeIt(graphOf(['N', 16, 1], flat))).input.layout, 'NTF');
    assert.equal((await describeIt(graphOf(['N', 1, 16], flat))).input.layout, 'NFT');
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
});
