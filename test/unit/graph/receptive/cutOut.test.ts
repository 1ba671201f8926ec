import assert from 'node:assert/strict';
import { ints } from '../../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import { standing } from '../../../../src/graph/receptive/standing.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { weights } from '../classifier/head.ts';
import { emptyGraph } from '../smallGraph.ts';
import { bruteForce, raise } from './changedSteps.ts';
import { CHANNELS, STEPS } from './grow.ts';
import { track } from './track.ts';

type Part = (b: GraphBuilder, x: string) => string;

const cut =
  (from: number, to: number, step = 1): Part =>
  (b, x) =>
    b.slice(x, [2], [from], [to], [step]);
const conv =
  (kernel: number, pads: readonly number[] = [0, 0], dilation = 1): Part =>
  (b, x) =>
    b.add('Conv', [x, weights(b, [CHANNELS, CHANNELS, kernel])], {
      pads: ints(pads),
      dilations: ints([dilation]),
    });
const front =
  (by: number): Part =>
  (b, x) =>
    b.add('Pad', [x, b.ints([0, 0, by, 0, 0, 0])]);
const chain =
  (...parts: Part[]): Part =>
  (b, x) =>
    parts.reduce((y, part) => part(b, y), x);
const sum =
  (...parts: Part[]): Part =>
  (b, x) =>
    b.add(
      'Sum',
      parts.map((part) => part(b, x)),
    );
const self: Part = (_, x) => x;
const causal = (kernel: number, dilation = 1): Part =>
  chain(front((kernel - 1) * dilation), conv(kernel, [0, 0], dilation));
const turned = cut(-1, -1 - STEPS, -1);
const halved: Part = (b, x) => b.add('AveragePool', [x], { kernel_shape: ints([2]), strides: ints([2]) });

/** Where each stands, told by the steps that change it when they are changed: the last one, the first, or so far from it. */
const cases: { what: string; grow: Part; from: 'first' | 'last'; by?: number }[] = [
  { what: 'a causal convolution', grow: causal(3), from: 'last' },
  { what: 'one whose padding goes before', grow: conv(3, [2, 0]), from: 'last' },
  { what: 'one that is cut off behind', grow: chain(conv(3, [2, 2]), cut(0, -2)), from: 'last' },
  {
    what: 'causal ones with another cut between',
    grow: chain(causal(3, 2), cut(3, -2), causal(2)),
    from: 'last',
  },
  { what: 'one of one step', grow: conv(1), from: 'last' },
  { what: 'a residual block', grow: sum(self, causal(4)), from: 'last' },
  {
    what: 'a WaveNet, padded once, of which the last answers are kept',
    grow: chain(
      front(6),
      sum(chain(conv(3), cut(-9, STEPS)), chain(conv(3), conv(3, [0, 0], 2), cut(-9, STEPS))),
    ),
    from: 'last',
  },
  { what: 'every second of them', grow: cut(0, STEPS, 2), from: 'last' },
  { what: 'every second, and a part of these', grow: chain(cut(1, STEPS, 2), cut(2, 8)), from: 'last' },
  { what: 'the mean of two steps', grow: chain(halved, cut(1, -1)), from: 'last', by: -0.5 },
  { what: 'a convolution without padding', grow: chain(conv(3), conv(3)), from: 'last', by: -2 },
  {
    what: 'a causal one turned round',
    grow: chain(cut(-1, -1 - STEPS, -1), causal(3)),
    from: 'first',
    by: 4,
  },
];

describe('positions behind a slice of a causal stack', () => {
  for (const { what, grow, from, by = 0 } of cases) {
    it(`${what}: stand where the stack had them`, async () => {
      const runtime = await openOnnxRuntimeNode();
      const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
      const y = chain(causal(3), causal(2, 2), cut(6, -3), grow)(builder, 'x');
      const found = await track(runtime, builder, y);
      const changed = await bruteForce(runtime, builder, y, raise);
      assert.deepEqual(
        [...found!.field!.from],
        changed.map((one) => one.from),
      );
      assert.deepEqual(
        [...standing(found!.field!)],
        changed.map((one) => (from === 'last' ? one.to - 1 : one.from) + by),
      );
    });
  }

  it('of a series turned round at the step back to which they read', async () => {
    const runtime = await openOnnxRuntimeNode();
    const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
    const y = chain(turned, causal(3), causal(2, 2), cut(6, -3), causal(3))(builder, 'x');
    const found = await track(runtime, builder, y);
    const changed = await bruteForce(runtime, builder, y, raise);
    assert.deepEqual(
      [...standing(found!.field!)],
      changed.map((one) => one.from),
    );
  });

  it('go on from there where a convolution pads both sides', async () => {
    const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
    const y = chain(causal(5), cut(6, -3), conv(5, [2, 2]), conv(3, [1, 1]))(builder, 'x');
    const found = await track(await openOnnxRuntimeNode(), builder, y);
    assert.deepEqual(
      [...standing(found!.field!)],
      Array.from({ length: STEPS - 9 }, (_, p) => 6 + p),
    );
  });
});
