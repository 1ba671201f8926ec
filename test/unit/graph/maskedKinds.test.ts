import assert from 'node:assert/strict';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { int, ints } from '../../../src/graph/attributes.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, int64 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { opCase } from '../gradient/opCase.ts';

describe('A layer that fetches elements', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });
  const kinds = async (graph: Graph) =>
    (await describeClassifier(graph, runtime, { layout: 'NFT' })).layers.map(({ kind }) => kind);

  it('is called after the recurrence that it ends', async () => {
    for (const [name, kind] of [
      ['lstm', 'Masked LSTM'],
      ['gru', 'Masked GRU'],
    ] as const) {
      const graph = newNetwork(name, { features: 3, steps: 12, classes: 2 }, 1, 4);
      const plain = await describeClassifier(graph, runtime, { layout: 'NFT' });
      assert.deepEqual(await kinds((await maskedClassifier(plain, runtime)).graph), [kind]);
    }
  });

  it('is no recurrence where there is none', async () => {
    const turned = Array.from({ length: 2 * 3 * 10 }, (_, i) => 9 - (i % 10));
    const { graph } = opCase(
      '',
      [2, 3, 10],
      [
        ['Conv', 'x w', 'c', { kernel_shape: ints([3]), pads: ints([1, 1]) }],
        ['GatherElements', 'c turned', 'g', { axis: int(2) }],
        ['Relu', 'g', 'r'],
        ['ReduceMean', 'r', 'y', { axes: ints([2]), keepdims: int(0) }],
      ],
      {
        fixedBatch: true,
        constants: {
          w: float32([3, 3, 3], new Float32Array(27).fill(0.1)),
          turned: int64([2, 3, 10], turned),
        },
      },
    );
    assert.doesNotMatch((await kinds(graph)).join(), /Masked|RNN/);
  });
});
