import assert from 'node:assert/strict';
import { untouched } from '../../../src/padding/ask.ts';
import { balancedAccuracy } from '../../../src/padding/balancedAccuracy.ts';
import { lengthEvidence } from '../../../src/padding/lengthEvidence.ts';
import { lengthOnlyBaseline } from '../../../src/padding/lengthOnlyBaseline.ts';
import { lengthVerdict } from '../../../src/padding/verdicts/lengthVerdict.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { createRandom, type Random } from '../../../src/random.ts';
import { openFixture } from './auditFixture.ts';

const [FEATURES, STEPS] = [30, 131];
const BUMP = { steps: 6, height: 2.5, features: [2, 5] };
const SHORT = 70;

/** By the rule of the fixtures: white noise in standardised units, L uniform 20..131, zeros behind. */
function noise(index: number, random: Random): { readonly x: Float32Array; readonly length: number } {
  const length = 20 + ((index * 37 + random.integer(112)) % 112);
  const x = new Float32Array(FEATURES * STEPS);
  for (let f = 0; f < FEATURES; f++) {
    for (let t = 0; t < length; t++) x[f * STEPS + t] = random.normal();
  }
  return { x, length };
}

function asCase(index: number, x: Float32Array, length: number, label: number): Case {
  return { id: String(index), index, x, length, label, mask: new Uint8Array(STEPS).fill(1, 0, length) };
}

/** Which of two features carries the bump is the class; the length has nothing to do with it. */
function contentOnly(count: number, random: Random): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const { x, length } = noise(i, random);
    const label = i % 2;
    const row = BUMP.features[label]! * STEPS;
    const from = random.integer(length - BUMP.steps + 1);
    for (let t = from; t < from + BUMP.steps; t++) x[row + t]! += BUMP.height;
    return asCase(i, x, length, label);
  });
}

/** Short or long is the class; there is nothing in the content. */
function lengthOnly(count: number, random: Random): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const { x, length } = noise(i, random);
    return asCase(i, x, length, length < SHORT ? 0 : 1);
  });
}

async function evidence(name: string, cases: readonly Case[]) {
  const { model, close } = await openFixture(name);
  try {
    const { predicted } = await model.ask(untouched(cases), STEPS);
    const correct = cases.map((one, i) => (one.label === predicted[i] ? 1 : 0));
    const shape = { features: FEATURES, steps: STEPS };
    const classes = model.classes.length;
    const all = await lengthEvidence(cases, predicted, classes, shape, model.ask, createRandom(1));
    const { evidence: found, response } = all;
    assert.ok(!('unavailable' in found));
    const labels = cases.map((one) => one.label!);
    return { found, response, labels, accuracy: balancedAccuracy(correct, labels) };
  } finally {
    await close();
  }
}

describe('length evidence on larger generated sets', function () {
  this.timeout(240_000);

  it('a content model on 320 instances whose length tells nothing: no, with an interval that settles it', async () => {
    const cases = contentOnly(320, createRandom(11));
    const { found, response, labels, accuracy } = await evidence('xcm_content_w26', cases);
    assert.ok(accuracy > 0.9, `the rule is the model's: balanced accuracy ${accuracy}`);
    const verdict = lengthVerdict(found, response);
    assert.equal(verdict.answer, 'no', verdict.reason);
    assert.ok(found.lei.interval[1] - found.lei.interval[0] < 0.2, verdict.reason);
    assert.ok(found.lei.interval[0] <= 0 && found.lei.interval[1] >= 0, verdict.reason);
    const alone = lengthOnlyBaseline(
      cases.map((one) => one.length),
      labels,
      createRandom(2),
    );
    assert.ok(!('unavailable' in alone) && alone.p > 0.01, 'the data do not leak length either');
  });

  it('a length model on 160 instances of pure noise: YES', async () => {
    const { found, response, accuracy } = await evidence('xcm_length_w26', lengthOnly(160, createRandom(12)));
    assert.ok(accuracy > 0.85, `the rule is the model's: balanced accuracy ${accuracy}`);
    const verdict = lengthVerdict(found, response);
    assert.equal(verdict.answer, 'YES', verdict.reason);
    assert.ok(found.lei.interval[0] > 0.5, verdict.reason);
  });
});
