import assert from 'node:assert/strict';
import { int } from '../../../../src/graph/attributes.ts';
import type { Graph } from '../../../../src/graph/graph.ts';
import { layerOrTensor } from '../../../../src/graph/layerOrTensor.ts';
import { refusal } from '../../refusal.ts';
import { behindUnknown, graphOf } from '../smallGraph.ts';
import { describeIt, head, weights } from './head.ts';

describe('describeClassifier', () => {
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

  it('names layers by kind and number where the graph has no module names', async () => {
    const { layers } = await describeIt(graphOf(['N', 5, 16], (b) => head(b, 'x', 5)));
    assert.deepEqual(
      layers.map(({ name, kind }) => [name, kind]),
      [['conv1', 'Conv 1-D + ReLU']],
    );
  });

  it('ends a layer at its activation: a number added behind it is no bias', async () => {
    const graph = graphOf(['N', 5, 16], (b) => {
      const conv = b.add('Conv', ['x', weights(b, [4, 5, 3])]);
      const active = b.add('Relu', [b.add('Add', [conv, weights(b, [1, 4, 1])])]);
      const logarithm = b.add('Log', [b.add('Add', [active, b.scalar(1)])]);
      return b.add('MatMul', [b.reduce('ReduceMean', logarithm, [2], false), weights(b, [4, 2])]);
    });
    const { layers } = await describeIt(graph);
    const relu = graph.nodes.find(({ op }) => op === 'Relu')!;
    assert.deepEqual([layers[0]!.kind, layers[0]!.tensor], ['Conv 1-D + ReLU', relu.outputs[0]]);
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
