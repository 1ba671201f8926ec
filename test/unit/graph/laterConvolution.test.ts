import assert from 'node:assert/strict';
import type { GraphBuilder } from '../../../src/graph/builder.ts';
import { describeIt, weights } from './classifier/head.ts';
import { graphOf } from './smallGraph.ts';

const [F, T] = [3, 40];
const conv = (b: GraphBuilder, x: string, channels: number, kernel: number) =>
  b.add('Relu', [b.add('Conv', [x, weights(b, [4, channels, kernel])])]);

/** What is said of layers that are left out. @param tail from [N, 4, 38] to [N, 4, .] */
async function said(tail: (b: GraphBuilder, x: string) => string): Promise<string> {
  const { findings } = await describeIt(
    graphOf(['N', F, T], (b) => {
      const pooled = b.reduce('ReduceMean', tail(b, conv(b, 'x', F, 3)), [2], false);
      return b.add('MatMul', [pooled, weights(b, [4, 2])]);
    }),
  );
  return findings.map(({ sentence }) => sentence).join('\n');
}

describe('a convolution behind the last one that can be drawn', () => {
  const dense = (b: GraphBuilder, x: string) => b.add('MatMul', [x, weights(b, [T - 2, 12])]);

  it('is named, with why it cannot be', async () => {
    assert.match(
      await said((b, x) => conv(b, dense(b, x), 4, 3)),
      /^A convolution comes behind .*, the last one whose map can be drawn over time: Conv .*, whose map has no time axis/m,
    );
  });

  it('is named where none of them can be drawn', async () => {
    // [N, F, T] → [N, F, 4, T]: a convolution over the values of each step and the steps.
    const { findings } = await describeIt(
      graphOf(['N', F, T], (b) => {
        const apart = b.add('MatMul', [weights(b, [4, 1]), b.unsqueeze('x', [2])]);
        const convolved = b.add('Conv', [apart, weights(b, [5, F, 3, 3])]);
        return b.add('MatMul', [b.reduce('ReduceMean', convolved, [2, 3], false), weights(b, [5, 2])]);
      }),
    );
    assert.match(
      findings.map(({ sentence }) => sentence).join('\n'),
      /^No convolution of the model can be drawn over time: the map of Conv .* mixes its axes/m,
    );
  });

  it('is none where it can be drawn, or is a dense layer of one place', async () => {
    const words = /A convolution comes behind/;
    assert.doesNotMatch(await said((b, x) => conv(b, x, 4, 5)), words);
    assert.doesNotMatch(await said((b, x) => conv(b, b.add('GlobalAveragePool', [x]), 4, 1)), words);
    assert.doesNotMatch(await said(dense), words);
  });
});
