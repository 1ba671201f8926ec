import assert from 'node:assert/strict';
import { weightStages } from '../../../src/engine/evaluation/weightStages.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { pickRuntime } from '../../../src/runtime/pick.ts';
import { SMALL_FCN } from '../attribution/smallModels.ts';
import { attribute, opCase, weights } from '../gradient/opCase.ts';

const { int, ints } = attribute;

/** Sixteen convolutions of three channels, one after the other, pooled and linear. */
function deep(): Graph {
  const names = Array.from({ length: 16 }, (_, i) => i);
  return opCase(
    'deep',
    [2, 3, 12],
    [
      ...names.map((i) => ['Conv', `h${i} w${i} b${i}`, `h${i + 1}`, { pads: ints([1, 1]) }] as const),
      ['ReduceMean', 'h16', 'm', { axes: ints([2]), keepdims: int(0) }],
      ['Gemm', 'm w b', 'y', { transB: int(1) }],
    ].map((node, i) => (i === 0 ? ['Conv', 'x w0 b0', 'h1', { pads: ints([1, 1]) }] : node)) as never,
    {
      constants: {
        ...Object.fromEntries(
          names.flatMap((i) => [
            [`w${i}`, weights([3, 3, 3], i)],
            [`b${i}`, weights([3], i)],
          ]),
        ),
        ...{ w: weights([2, 3], 1), b: weights([2], 2) },
      },
    },
  ).graph;
}

describe('stages whose weights are drawn anew', () => {
  const stagesOf = async (graph: Graph, at: string) => {
    const { runtime } = await pickRuntime('auto');
    return weightStages(await describeClassifier(graph, runtime, {}), at);
  };

  it('are the layers, and those after the layer of the map are told apart', async () => {
    const stages = await stagesOf(SMALL_FCN, 'r1');
    assert.deepEqual(
      stages.map(({ weights, above }) => [above, ...weights]),
      [
        [false, 'w1', 'b1'],
        [true, 'w2', 'b2'],
        [true, 'w3', 'b3'],
      ],
    );
    assert.equal(new Set(stages.map(({ name }) => name)).size, 3);
    const atInput = await stagesOf(SMALL_FCN, 'x');
    assert.ok(atInput.every(({ above }) => above));
  });

  it('of a deep model are groups of neighbours, every weight in one of them', async () => {
    const stages = await stagesOf(deep(), 'h16');
    assert.equal(stages.length, 12);
    const all = stages.flatMap(({ weights }) => weights);
    assert.equal(all.length, 34);
    assert.equal(new Set(all).size, 34);
    assert.ok(stages.some(({ name }) => name.includes(' … ')));
  });
});
