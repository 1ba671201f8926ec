import assert from 'node:assert/strict';
import { untouched } from '../../../src/padding/ask.ts';
import type { CarrierResult } from '../../../src/padding/audit.ts';
import { carrierDependence } from '../../../src/padding/carrier.ts';
import { lengthEvidence } from '../../../src/padding/lengthEvidence.ts';
import { layoutVerdict } from '../../../src/padding/verdicts/layoutVerdict.ts';
import { lengthVerdict } from '../../../src/padding/verdicts/lengthVerdict.ts';
import { lookVerdict } from '../../../src/padding/verdicts/lookVerdict.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { createRandom } from '../../../src/random.ts';
import { auditFixture, openFixture } from './auditFixture.ts';

/**
 * How many seeds for each model, two for the one whose runs cost most. The first is that of the audit that is held
 * against its reference, on every instance; the others ask about every how many-th.
 */
const SEEDS = {
  xcm_content_w26: [3, 2],
  xcm_content_w131: [2, 2],
  xcm_length_w26: [3, 2],
  xcm_mixed_w26: [3, 2],
  jv_xcm: [4, 1],
} as const;

describe('another seed', function () {
  this.timeout(240_000);
  it('changes no answer about length or place, and turns none about look into its opposite', async () => {
    const changes: string[] = [];
    for (const [name, [seeds, every]] of Object.entries(SEEDS)) {
      const { order, model, close } = await openFixture(name);
      const { shape, units } = order;
      const answersOn = (
        cases: readonly Case[],
        carrier: readonly CarrierResult[],
        { evidence, response }: Awaited<ReturnType<typeof lengthEvidence>>,
      ) => {
        const padded = cases.filter((one) => one.length < shape.steps).length;
        const none = { value: { unavailable: '' }, side: { unavailable: '' } };
        return [
          lengthVerdict(evidence, response).answer,
          layoutVerdict(carrier, none, cases.length, padded).answer,
          lookVerdict(carrier, none, cases.length, padded).answer,
        ];
      };
      const audit = await auditFixture(name);
      const first = answersOn(order.cases, audit.carrier, {
        evidence: audit.lengthEvidence,
        response: audit.lengthResponse,
      });
      const { ask } = model;
      const cases = order.cases.filter((_, i) => i % every === 0);
      const answers = await ask(untouched(cases), shape.steps);
      for (let seed = 1; seed < seeds; seed++) {
        const carrier = await carrierDependence(
          { cases, answers, shape, units },
          ask,
          createRandom(2 * seed),
        );
        const length = await lengthEvidence(
          cases,
          answers.predicted,
          answers.classes,
          shape,
          ask,
          createRandom(2 * seed + 1),
        );
        answersOn(cases, carrier, length).forEach((answer, k) => {
          // A rate beside a threshold may lose or gain its certainty: noise is drawn anew.
          const unsure = k === 2 && [answer, first[k]].includes('cannot tell');
          if (answer !== first[k] && !unsure) changes.push(`${name}: ${first[k]} → ${answer}`);
        });
      }
      await close();
    }
    assert.deepEqual(changes, []);
  });
});
