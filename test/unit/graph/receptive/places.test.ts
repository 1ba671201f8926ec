import assert from 'node:assert/strict';
import { ints, text } from '../../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import { centres } from '../../../../src/graph/receptive/field.ts';
import { standing } from '../../../../src/graph/receptive/standing.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { describeIt, weights as headWeights } from '../classifier/head.ts';
import { emptyGraph, graphOf } from '../smallGraph.ts';
import { CHANNELS, STEPS } from './grow.ts';
import { track } from './track.ts';

type Part = (b: GraphBuilder, x: string) => string;

const range = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) }, (_, i) => from + i * Math.sign(to - from));
const cut =
  (from: number, to: number, step = 1): Part =>
  (b, x) =>
    b.slice(x, [2], [from], [to], [step]);
const turned: Part = cut(-1, -1 - STEPS, -1);
const side =
  (axis: number, ...parts: Part[]): Part =>
  (b, x) =>
    b.concat(
      parts.map((part) => part(b, x)),
      axis,
    );
const self: Part = (_, x) => x;
const rolled = (by: number): Part => side(2, cut(STEPS - by, STEPS), cut(0, STEPS - by));
const round = (by: number): Part => side(2, cut(STEPS - by, STEPS), self, cut(0, by));
const conv =
  (features: number, kernel: number): Part =>
  (b, x) =>
    b.add('Conv', [x, headWeights(b, [3, features, kernel])]);
const same =
  (features: number, kernel: number): Part =>
  (b, x) =>
    b.add('Conv', [x, headWeights(b, [3, features, kernel])], { auto_pad: text('SAME_UPPER') });
const chain =
  (...parts: Part[]): Part =>
  (b, x) =>
    parts.reduce((y, part) => part(b, y), x);

describe('positions', () => {
  const cases: { what: string; grow: Part; places: readonly number[] }[] = [
    { what: 'of a series turned round', grow: turned, places: range(STEPS - 1, -1) },
    {
      what: 'of a convolution over it',
      grow: chain(turned, same(CHANNELS, 5)),
      places: range(STEPS - 1, -1),
    },
    {
      what: 'of a convolution over a series that goes round',
      grow: chain(round(2), conv(CHANNELS, 5)),
      places: range(0, STEPS),
    },
    {
      what: 'of two of them',
      grow: chain(round(2), conv(CHANNELS, 5), round(1), conv(3, 3)),
      places: range(0, STEPS),
    },
    {
      what: 'of a moving mean whose ends are held',
      grow: chain(
        side(2, cut(0, 1), cut(0, 1), self, cut(STEPS - 1, STEPS), cut(STEPS - 1, STEPS)),
        conv(CHANNELS, 5),
      ),
      places: range(0, STEPS),
    },
    {
      what: 'of a rolled series',
      grow: rolled(5),
      places: [...range(STEPS - 5, STEPS), ...range(0, STEPS - 5)],
    },
    {
      what: 'of a series beside itself rolled',
      grow: side(1, self, rolled(5)),
      places: range(0, STEPS),
    },
    {
      what: 'of a convolution over a series beside itself turned round',
      grow: chain(side(1, turned, self), same(2 * CHANNELS, 3)),
      places: range(0, STEPS),
    },
    {
      what: 'of a series behind itself',
      grow: side(2, self, self),
      places: [...range(0, STEPS), ...range(0, STEPS)],
    },
  ];
  for (const { what, grow, places } of cases) {
    it(`${what} stand where their middle does`, async () => {
      const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
      const found = await track(await openOnnxRuntimeNode(), builder, grow(builder, 'x'));
      assert.deepEqual([...centres(found!.field!)], places);
    });
  }

  const front =
    (by: number): Part =>
    (b, x) =>
      b.add('Pad', [x, b.ints([0, 0, by, 0, 0, 0])]);
  const behind: typeof front = (by) => (b, x) => b.add('Pad', [x, b.ints([0, 0, 0, 0, 0, by])]);
  const causal = chain(front(8), conv(CHANNELS, 9));
  const pool: Part = (b, x) => b.add('AveragePool', [x], { kernel_shape: ints([2]), strides: ints([2]) });
  const cutOff: { what: string; grow: Part; places: readonly number[] }[] = [
    { what: 'a causal convolution', grow: causal, places: range(0, STEPS) },
    {
      what: 'a causal convolution whose padding behind is cut off again',
      grow: (b, x) =>
        cut(0, STEPS)(b, b.add('Conv', [x, headWeights(b, [3, CHANNELS, 9])], { pads: ints([8, 8]) })),
      places: range(0, STEPS),
    },
    {
      what: 'causal convolutions that reach beyond the whole series, beside what they have read',
      grow: side(1, self, chain(causal, front(2 * STEPS), conv(3, 2 * STEPS + 1))),
      places: range(0, STEPS),
    },
    {
      what: 'a causal network whose last padding behind is cut off later',
      grow: chain(causal, front(8), behind(8), conv(3, 9)),
      places: range(0, STEPS + 8),
    },
    {
      what: 'a causal convolution over a series turned round',
      grow: chain(turned, causal),
      places: range(STEPS - 1, -1),
    },
    {
      what: 'one turned back',
      grow: chain(turned, causal, turned),
      places: range(0, STEPS),
    },
    {
      what: 'two that are put one behind the other',
      grow: side(2, causal, causal),
      places: [...range(0, STEPS), ...range(0, STEPS)],
    },
    {
      what: 'a pool behind one',
      grow: chain(causal, pool),
      places: range(0, STEPS / 2).map((p) => 2 * p + 0.5),
    },
    {
      what: 'a convolution that reads ahead',
      grow: chain(behind(8), conv(CHANNELS, 9)),
      places: range(0, STEPS),
    },
    {
      what: 'a convolution that reads further back than ahead',
      grow: chain(front(6), behind(2), conv(CHANNELS, 9)),
      places: range(0, STEPS),
    },
    { what: 'a shifted series', grow: chain(front(8), cut(0, STEPS)), places: range(-8, STEPS - 8) },
    {
      what: 'a convolution over a shifted series',
      grow: chain(front(8), cut(0, STEPS), same(CHANNELS, 5)),
      places: range(-8, STEPS - 8),
    },
    {
      what: 'a causal convolution over a shifted series',
      grow: chain(front(8), cut(0, STEPS), causal),
      places: range(-8, STEPS - 8),
    },
    {
      what: 'the last steps of a causal convolution',
      grow: chain(causal, cut(STEPS - 5, STEPS)),
      places: range(STEPS - 5, STEPS),
    },
    {
      what: 'these, each looked at for itself',
      grow: chain(causal, cut(STEPS - 5, STEPS), conv(3, 1)),
      places: range(STEPS - 5, STEPS),
    },
    {
      what: 'the first steps of one that keeps their number',
      grow: chain(same(CHANNELS, 9), cut(0, 5), conv(3, 1)),
      places: range(0, 5),
    },
    {
      what: 'a convolution without padding over a causal one',
      grow: chain(causal, conv(3, 5)),
      places: range(2, STEPS - 2),
    },
    { what: 'a convolution without padding', grow: conv(CHANNELS, 9), places: range(4, STEPS - 4) },
    {
      what: 'a convolution that overhangs both ends',
      grow: chain(front(8), behind(8), conv(CHANNELS, 9)),
      places: range(-4, STEPS + 4),
    },
  ];
  for (const { what, grow, places } of cutOff) {
    it(`of ${what} stand on the series where it is read`, async () => {
      const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
      const found = await track(await openOnnxRuntimeNode(), builder, grow(builder, 'x'));
      assert.deepEqual([...standing(found!.field!)], places);
    });
  }

  it('of the layers of a causal network are the steps themselves', async () => {
    const { layers } = await describeIt(
      graphOf(['N', CHANNELS, STEPS], (b) => {
        const hidden = b.add('Relu', [chain(causal, front(STEPS), conv(3, STEPS + 1))(b, 'x')]);
        return b.add('MatMul', [b.reduce('ReduceMean', hidden, [2], false), headWeights(b, [3, 2])]);
      }),
    );
    for (const layer of layers) assert.deepEqual([...layer.positions], range(0, STEPS), layer.name);
    assert.equal(layers.length, 2);
  });

  it('are told in a layer’s receptive field: as many steps as most of them read, and which way they go', async () => {
    const of = async (grow: Part) => {
      const { layers } = await describeIt(
        graphOf(['N', CHANNELS, STEPS], (b) => {
          const pooled = b.reduce('ReduceMean', b.add('Relu', [grow(b, 'x')]), [2], false);
          return b.add('MatMul', [pooled, headWeights(b, [3, 2])]);
        }),
      );
      const { size, jump, start } = layers.at(-1)!.receptiveField;
      return [size, jump, start];
    };
    assert.deepEqual(await of(chain(turned, same(CHANNELS, 5))), [5, -1, STEPS - 1]);
    assert.deepEqual(await of(chain(round(2), conv(CHANNELS, 5))), [5, 1, 0]);
    assert.deepEqual(await of(chain(side(1, self, rolled(3)), same(2 * CHANNELS, 3))), [6, 1, 0]);
    const pooled: Part = (b, x) => b.add('MaxPool', [x], { kernel_shape: ints([4]), strides: ints([4]) });
    const stretched =
      (by: number): Part =>
      (b, x) =>
        b.add('Resize', [x, '', b.constant(float32([3], [1, 1, by]), 'scales')], {
          ...{ mode: text('nearest'), nearest_mode: text('floor') },
          coordinate_transformation_mode: text('asymmetric'),
        });
    // Three positions of a fourth of a step each lie in one window of four steps, or in two beside each other.
    assert.equal((await of(chain(pooled, stretched(4), conv(CHANNELS, 3))))[0], 8);
    // 48 steps as 20: two neighbours, 2.4 steps apart, or 3.
    const [size, jump] = await of(chain(stretched(20 / 48), conv(CHANNELS, 2)));
    assert.deepEqual([size, jump], [4, 2.4]);
  });
});
