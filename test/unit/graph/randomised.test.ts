import assert from 'node:assert/strict';
import { randomised, weightedNodes } from '../../../src/graph/randomised.ts';
import { createRandom } from '../../../src/random.ts';
import { SMALL_FCN } from '../attribution/smallModels.ts';
import { opCase, vector, weights } from '../gradient/opCase.ts';

describe('weights drawn anew', () => {
  it('finds the weights of every node, in order', () => {
    assert.deepEqual(
      weightedNodes(SMALL_FCN).map(({ node, weights }) => [node.op, ...weights]),
      [
        ['Conv', 'w1', 'b1'],
        ['Conv', 'w2', 'b2'],
        ['Gemm', 'w3', 'b3'],
      ],
    );
  });

  it('an Add behind a MatMul is its bias; running statistics of batch norm stay', () => {
    const { graph } = opCase(
      'dense',
      [2, 3],
      [
        ['MatMul', 'x w', 'm'],
        ['Add', 'm b', 'a'],
        ['BatchNormalization', 'a scale shift mean var', 'n'],
        ['Add', 'n c', 'y'],
      ],
      {
        constants: {
          ...{ w: weights([3, 4], 1), b: weights([4], 2), c: weights([4], 3) },
          ...{ scale: weights([4], 4), shift: weights([4], 5), mean: weights([4], 6), var: weights([4], 7) },
        },
      },
    );
    assert.deepEqual(
      weightedNodes(graph).map(({ weights }) => weights),
      [
        ['w', 'b'],
        ['scale', 'shift', 'c'],
      ],
    );
  });

  it('changes the named ones only, keeps their spread, and is the same for a seed', () => {
    const draw = (seed: number) => randomised(SMALL_FCN, new Set(['w1', 'b1']), createRandom(seed));
    const [one, again, other] = [draw(1), draw(1), draw(2)];
    const data = (graph: typeof one, name: string) => [...(graph.constants.get(name)!.data as Float32Array)];
    assert.deepEqual(data(one, 'w1'), data(again, 'w1'));
    assert.notDeepEqual(data(one, 'w1'), data(other, 'w1'));
    assert.notDeepEqual(data(one, 'w1'), data(SMALL_FCN, 'w1'));
    assert.deepEqual(data(one, 'w2'), data(SMALL_FCN, 'w2'));
    assert.deepEqual(data(one, 'b1').sort(), data(SMALL_FCN, 'b1').sort(), 'a vector is shuffled');
    const spread = (values: number[]) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
    const ratio = spread(data(one, 'w1')) / spread(data(SMALL_FCN, 'w1'));
    assert.ok(ratio > 0.6 && ratio < 1.4, `${ratio}`);
    assert.deepEqual(one.constants.get('w1')!.dims, SMALL_FCN.constants.get('w1')!.dims);
  });

  it('weights that stand in a Constant node are found and take its place', () => {
    const { graph } = opCase(
      'shared',
      [2, 3],
      [
        ['Identity', 'w', 'v'],
        ['MatMul', 'x v', 'y'],
      ],
      {
        constants: { w: weights([3, 4], 1), unused: vector(1, 2) },
      },
    );
    assert.deepEqual(weightedNodes(graph)[0]!.weights, ['v']);
    const drawn = randomised(graph, new Set(['v']), createRandom(1));
    assert.deepEqual(
      drawn.nodes.map(({ op }) => op),
      ['MatMul'],
    );
    assert.deepEqual(drawn.constants.get('w'), graph.constants.get('w'));
  });
});
