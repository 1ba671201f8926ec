import assert from 'node:assert/strict';
import { int } from '../../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../../src/graph/builder.ts';
import { float32, int64 } from '../../../../src/graph/tensor.ts';
import { describeIt, weights } from '../classifier/head.ts';
import { graphOf } from '../smallGraph.ts';

const [FEATURES, STEPS] = [5, 48];
type Part = (b: GraphBuilder) => string;

const cut = (b: GraphBuilder, from: number, to: number, step = 1) => b.slice('x', [1], [from], [to], [step]);
const taken =
  (rows: readonly number[]): Part =>
  (b) =>
    b.add('Gather', ['x', b.constant(int64([rows.length], [...rows]), 'rows')], { axis: int(1) });
const constantRow = (b: GraphBuilder) => {
  const zero = b.add('Mul', [cut(b, 0, 1), b.scalar(0)]);
  return b.add('Add', [zero, b.constant(float32([1, 1, STEPS], new Float32Array(STEPS).fill(1)), 'clock')]);
};

/** A 2-D convolution that keeps the rows apart, over [N, FEATURES, STEPS]. */
async function isNamed(part: Part, isMerged = false): Promise<boolean> {
  const { layers } = await describeIt(
    graphOf(['N', FEATURES, STEPS], (b) => {
      const shape = (to: readonly number[]) => b.constant(int64([to.length], [...to]), 'shape');
      let hidden: string;
      if (isMerged) {
        const alone = b.add('Reshape', [part(b), shape([-1, 1, STEPS])]);
        const conv = b.add('Relu', [b.add('Conv', [alone, weights(b, [3, 1, 5])])]);
        const apart = b.add('Reshape', [conv, shape([-1, FEATURES, 3, STEPS - 4])]);
        hidden = b.transpose(apart, [0, 2, 1, 3]);
      } else {
        const alone = b.add('Reshape', [part(b), shape([-1, 1, FEATURES, STEPS])]);
        hidden = b.add('Relu', [b.add('Conv', [alone, weights(b, [3, 1, 1, 5])])]);
      }
      const pooled = b.add('GlobalAveragePool', [hidden]);
      return b.add('MatMul', [b.add('Flatten', [pooled]), weights(b, [3, 2])]);
    }),
    { layout: 'NFT' },
  );
  const found = layers.filter(({ shape }) => shape.includes(FEATURES) && shape.includes(STEPS - 4));
  assert.ok(found.length > 0);
  return found.every(({ marks }) => !marks.includes('rows averaged'));
}

describe('rows of a layer that keeps the features apart', () => {
  const inOrder: Record<string, Part> = {
    'the series itself': () => 'x',
    'features taken in their order': taken([0, 1, 2, 3, 4]),
    'put together again in their order': (b) => b.concat([cut(b, 0, 2), cut(b, 2, 5)], 1),
    'turned round twice': (b) => b.slice(cut(b, -1, -1 - FEATURES, -1), [1], [-1], [-1 - FEATURES], [-1]),
    'padded and cut': (b) => b.slice(b.pad('x', [0, 1, 0, 0, 1, 0]), [1], [1], [1 + FEATURES], [1]),
    'scaled by another order of weights': (b) => b.add('Mul', ['x', weights(b, [1, FEATURES, 1])]),
  };
  const others: Record<string, Part> = {
    'an index of features': taken([3, 1, 4, 0, 2]),
    'the same feature several times': taken([0, 0, 1, 2, 3]),
    'turned round': (b) => cut(b, -1, -1 - FEATURES, -1),
    rolled: (b) => b.concat([cut(b, 3, 5), cut(b, 0, 3)], 1),
    'a clock before all but the last': (b) => b.concat([constantRow(b), cut(b, 0, 4)], 1),
    'padded at one side and cut at the other': (b) =>
      b.slice(b.pad('x', [0, 1, 0, 0, 0, 0]), [1], [0], [FEATURES], [1]),
    'itself and itself turned round, added': (b) => b.add('Add', ['x', cut(b, -1, -1 - FEATURES, -1)]),
  };
  for (const [what, part] of Object.entries(inOrder)) {
    it(`have the names of the features behind ${what}`, async () => assert.ok(await isNamed(part)));
  }
  for (const [what, part] of Object.entries(others)) {
    it(`have none behind ${what}`, async () => assert.ok(!(await isNamed(part))));
  }
  it('of which each is an instance of its own, too', async () => {
    assert.ok(await isNamed(() => 'x', true));
    assert.ok(!(await isNamed(taken([3, 1, 4, 0, 2]), true)));
  });
});
