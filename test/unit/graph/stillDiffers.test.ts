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
    for (const step of [0, 2, 9]) {
      await maskedClassifier(await describeClassifier(reading(step), runtime, { layout: 'NFT' }), runtime);
    }
  });
});
