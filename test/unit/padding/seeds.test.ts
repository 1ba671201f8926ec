import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Ask } from '../../../src/padding/ask.ts';
import { carrierDependence } from '../../../src/padding/carrier.ts';
import { lengthEvidence } from '../../../src/padding/lengthEvidence.ts';
import { createRandom } from '../../../src/padding/random.ts';
import * as verdicts from '../../../src/padding/verdicts.ts';
import { describeShared } from '../../fixtures/shared.ts';
import { openFixture } from './auditFixture.ts';

const SEEDS = 20;

/** Answers kept by content: what no seed changes is asked once. */
function remembering(ask: Ask): Ask {
  const known = new Map<string, { predicted: number; probabilities: Float32Array }>();
  return async (inputs, steps) => {
    const keys: string[] = [];
    const fresh = new Map<string, Float32Array>();
    for (const x of inputs) {
      const key = createHash('sha1').update(x).digest('base64');
      keys.push(key);
      if (!known.has(key)) fresh.set(key, x);
    }
    if (fresh.size > 0) {
      const found = await ask(fresh.values(), steps);
      [...fresh.keys()].forEach((key, i) => {
        const probabilities = found.probabilities.slice(i * found.classes, (i + 1) * found.classes);
        known.set(key, { predicted: found.predicted[i]!, probabilities });
      });
    }
    const answers = keys.map((key) => known.get(key)!);
    const classes = answers[0]!.probabilities.length;
    return {
      predicted: Int32Array.from(answers, (one) => one.predicted),
      probabilities: Float32Array.from(answers.flatMap((one) => [...one.probabilities])),
      classes,
    };
  };
}

describeShared('another seed', function () {
  this.timeout(240_000);
  for (const name of ['xcm_content_w26', 'xcm_content_w131', 'xcm_length_w26', 'xcm_mixed_w26', 'jv_xcm']) {
    it(`changes no verdict of ${name} (${SEEDS} seeds)`, async () => {
      const { order, model, close } = await openFixture(name);
      const { cases, shape, units } = order;
      const ask = remembering(model.ask);
      const answers = await ask(
        cases.map((one) => one.x),
        shape.steps,
      );
      const found = new Set<string>();
      for (let seed = 0; seed < SEEDS; seed++) {
        const carrier = await carrierDependence(
          { cases, answers, shape, units },
          ask,
          createRandom(2 * seed),
        );
        const evidence = await lengthEvidence(
          cases,
          answers.predicted,
          shape,
          ask,
          createRandom(2 * seed + 1),
          1,
        );
        const padded = cases.filter((one) => one.length < shape.steps).length;
        found.add(
          `${verdicts.carrierDependence(carrier, cases.length, padded).answer}, ${verdicts.lengthVerdict(evidence).answer}`,
        );
      }
      await close();
      assert.equal(found.size, 1, [...found].join(' | '));
    });
  }
});
