import assert from 'node:assert/strict';
import { maskedModel } from '../../../src/engine/audit/maskedAnswers.ts';
import { PlainAnswers } from '../../../src/engine/audit/plainAnswers.ts';
import { int } from '../../../src/graph/attributes.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { int64 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { opCase } from '../gradient/opCase.ts';
import { refusal } from '../refusal.ts';

describe('A model whose answer is read where the mask is 0', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });
  /** Its logits are what stands at one step. */
  const reading = (step: number) =>
    opCase(
      '',
      [2, 3, 10],
      [
        ['Relu', 'x', 'r'],
        ['Gather', 'r at', 'picked', { axis: int(2) }],
        ['Sigmoid', 'picked', 'y'],
      ],
      { constants: { at: int64([], [step]) } },
    ).graph;

  it('is refused, with the first part that no longer tells series apart, and no other model is', async () => {
    const second = await describeClassifier(reading(8), runtime, { layout: 'NFT' });
    await assert.rejects(
      maskedClassifier(second, runtime),
      refusal('cannot-mask', /answers the same whatever the series is, from "[^"]*" on: what it reads/),
    );
    // An audit says so, too, and advises no masks.
    const shape = { features: 3, steps: 10 };
    const ofAudit = await maskedModel(
      { classifier: second, runtime },
      shape,
      new PlainAnswers(second, runtime, 10, () => {}),
    );
    assert.ok('unavailable' in ofAudit && /answers the same whatever/.test(ofAudit.unavailable));
    const third = await describeClassifier(reading(2), runtime, { layout: 'NFT' });
    let loaded = 0;
    const counting: Runtime = {
      ...{ id: runtime.id, version: runtime.version },
      load: (graph, options) => {
        loaded++;
        return runtime.load(graph, options);
      },
    };
    const open = await maskedModel(
      { classifier: third, runtime: counting },
      shape,
      new PlainAnswers(third, counting, 10, () => {}),
    );
    assert.ok(!('unavailable' in open));
    const x = Float32Array.from({ length: 30 }, (_, i) => i / 10);
    const mask = new Uint8Array(10).fill(1, 0, 6);
    const one = { id: 'a', index: 0, length: 6, label: null, x, mask };
    for (let time = 0; time < 2; time++) await open.masked([one]);
    assert.equal(loaded, 1, 'what tells whether it still differs answers, too');
    await open.dispose();
    for (const step of [0, 2, 9]) {
      await maskedClassifier(await describeClassifier(reading(step), runtime, { layout: 'NFT' }), runtime);
    }
  });
});
