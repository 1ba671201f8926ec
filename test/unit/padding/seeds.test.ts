import assert from 'node:assert/strict';
import { carrierDependence } from '../../../src/padding/carrier.ts';
import { lengthEvidence } from '../../../src/padding/lengthEvidence.ts';
import { Transplants } from '../../../src/padding/transplants.ts';
import * as verdicts from '../../../src/padding/verdicts.ts';
import { createRandom } from '../../../src/random.ts';
import { openFixture } from './auditFixture.ts';

/** Five models each; what takes the time is the noise, new for every seed. */
const SEEDS = 8;

describe('another seed', function () {
  this.timeout(240_000);
  for (const name of ['xcm_content_w26', 'xcm_content_w131', 'xcm_length_w26', 'xcm_mixed_w26', 'jv_xcm']) {
    it(`changes no verdict of ${name} (${SEEDS} seeds)`, async () => {
      const { order, model, close } = await openFixture(name);
      const { cases, shape, units } = order;
      const { ask } = model;
      const answers = await ask(
        cases.map((one) => one.x),
        shape.steps,
      );
      // The seed decides who meets whom; what the model says to a pair that has met is known.
      const transplants = new Transplants(cases, answers.predicted, shape, ask);
      const padded = cases.filter((one) => one.length < shape.steps).length;
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
          { permutations: 1, transplants },
        );
        found.add(
          `${verdicts.carrierDependence(carrier, cases.length, padded).answer}, ${verdicts.lengthVerdict(evidence).answer}`,
        );
      }
      await close();
      assert.equal(found.size, 1, [...found].join(' | '));
    });
  }
});
