import assert from 'node:assert/strict';
import fc from 'fast-check';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { emptyGraph } from '../smallGraph.ts';
import { bruteForce, raise, refused } from './changedSteps.ts';
import { CHANNELS, STEPS } from './grow.ts';
import { network } from './networks.ts';
import { grown } from './track.ts';
import { conv, pool } from './windows.ts';

describe('receptive field', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  it('is what changing one input step at a time shows, on generated networks', async function () {
    this.timeout(120_000);
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(network, async (steps) => {
        const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
        const { y, found } = await grown(runtime, builder, steps);
        // The runtime's own shape inference goes wrong on a few of these.
        const expected = await bruteForce(runtime, builder, y, raise).catch(refused);
        if (expected === null) return;
        compared++;
        assert.deepEqual(found?.roles[2], 'time');
        const { from, to, everything } = found!.field!;
        assert.equal(everything, false);
        const actual = Array.from(from, (first, p) => ({ from: first, to: to[p]! }));
        const shown = actual.map((range) => (range.from === range.to ? { from: 0, to: 0 } : range));
        assert.deepEqual(shown, expected);
      }),
      { numRuns: 200 },
    );
    assert.ok(compared > 100);
  });

  it('has centre and size by rule, as the positions that read their full width show', async () => {
    let inner = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(conv, pool), { minLength: 1, maxLength: 3 }), async (steps) => {
        const builder = new GraphBuilder(emptyGraph(['N', CHANNELS, STEPS]));
        const { found } = await grown(runtime, builder, steps);
        const field = found!.field!;
        field.from.forEach((from, p) => {
          const width = field.to[p]! - from;
          assert.ok(width <= field.size);
          // What reaches over an end, of the input or of a tensor between, reads less.
          if (width < field.size) return;
          assert.equal((from + field.to[p]! - 1) / 2, field.start + p * field.jump);
          inner++;
        });
      }),
      { numRuns: 60 },
    );
    assert.ok(inner > 50);
  });
});
