import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import type { ExplainRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { Refusal } from '../../../src/refusal.ts';

interface Case {
  readonly id: string;
  readonly model: string;
  readonly data: string;
  /** By onnxruntime, each instance alone. */
  readonly logits: readonly (readonly number[])[];
  readonly predicted: readonly number[];
  /** d logit of the predicted class / d input [N][F][T], each instance alone, in float64. */
  readonly saliency: readonly (readonly (readonly number[])[])[];
  /** The operator that a refusal must name. */
  readonly refusal: string;
  /** It must be refused; otherwise it must work, although a refusal by name would be honest too. */
  readonly refused?: boolean;
}

const at = (name: string) => fileURLToPath(new URL(`../../fixtures/values/${name}`, import.meta.url));
const TOLERANCE = 1e-4;

/** Largest difference, relative to max(1, largest value). */
function difference(found: readonly number[], expected: readonly number[]): number {
  assert.equal(found.length, expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]!))) / scale;
}

for (const folder of ['', 'siblings/'].filter((name) => existsSync(at(`${name}expected.json`)))) {
  const { cases } = JSON.parse(readFileSync(at(`${folder}expected.json`), 'utf8')) as { cases: Case[] };

  describe(`models that rest on the values of their input ${folder}`, function () {
    this.timeout(30_000);
    let engine: LocalEngine;
    before(() => {
      engine = createEngine();
    });
    after(() => engine.dispose());

    async function explained(one: Case, asked: Partial<ExplainRequest>): Promise<Explanation[]> {
      const request: ExplainRequest = {
        ...{ model: at(folder + one.model), data: at(folder + one.data), project: undefined },
        ...{ method: 'saliency', relu: false, mask: { kind: 'none' } },
        ...asked,
      } as ExplainRequest;
      const found: Explanation[] = [];
      const all = one.logits.map((_, index) => index);
      for await (const batch of engine.explainMany(request, all)) found.push(...batch);
      return found;
    }

    for (const runtime of ['onnxruntime-node', 'tfjs-wasm'] as const) {
      for (const one of cases) {
        const must = one.refused
          ? `is refused: ${one.refusal}`
          : 'gives each instance its own answer and map';
        it(`${one.id} ${must} (${runtime})`, async () => {
          const found = await explained(one, { prefer: runtime }).catch((error: unknown) => {
            assert.ok(error instanceof Refusal && one.refused, String(error));
            assert.match(error.message, new RegExp(one.refusal));
            return undefined;
          });
          if (found === undefined) return;
          assert.ok(!one.refused, 'it is not refused');
          found.forEach(({ prediction: { logits, predicted }, map }, i) => {
            assert.ok(difference([...logits], one.logits[i]!) < TOLERANCE, `logits of ${i}: ${[...logits]}`);
            assert.equal(predicted, one.predicted[i]);
            const off = difference([...map.values], one.saliency[i]!.flat());
            assert.ok(off < TOLERANCE, `map of ${i} off by ${off}`);
          });
        });
      }
    }

    for (const one of folder === '' ? cases : cases.filter(({ id }) => id.endsWith('free'))) {
      it(`${one.id} has the right answer under a method that needs no gradient`, async () => {
        const found = await explained(one, { method: 'occlusion' });
        found.forEach(({ prediction: { logits, predicted } }, i) => {
          assert.ok(difference([...logits], one.logits[i]!) < TOLERANCE, `logits of ${i}: ${[...logits]}`);
          assert.equal(predicted, one.predicted[i]);
        });
      });
    }
  });
}
