import assert from 'node:assert/strict';
import type { LengthEvidence } from '../../../src/padding/audit.ts';
import type { AuditCase } from '../../../src/padding/auditCase.ts';
import { lengthEvidence } from '../../../src/padding/lengthEvidence.ts';
import { lengthVerdict } from '../../../src/padding/verdicts.ts';
import { createRandom, type Random } from '../../../src/random.ts';
import { askRule, lengthOf, level } from './fakeClassifier.ts';

const STEPS = 40;
const SHAPE = { features: 1, steps: STEPS };

/** Content −1 or +1 tells the class; short (L < 20) and long agree with it in the share `aligned`. */
function population(n: number, aligned: number, random: Random): AuditCase[] {
  return Array.from({ length: n }, (_, i) => {
    const label = i % 2;
    const long = random.integer(1000) < 1000 * aligned ? label === 1 : label === 0;
    const length = (long ? 20 : 5) + random.integer(15);
    return level(i, label === 1 ? 1 : -1, length, STEPS, label);
  });
}

const byContent = (x: Float32Array) => (x[0]! > 0 ? 1 : 0);
const byLength = (x: Float32Array) => (lengthOf(x) >= 20 ? 1 : 0);

async function measure(
  cases: AuditCase[],
  rule: (x: Float32Array) => number,
  seed = 1,
): Promise<LengthEvidence> {
  const predicted = Int32Array.from(cases, (one) => rule(one.x));
  const found = await lengthEvidence(cases, predicted, SHAPE, askRule(rule), createRandom(seed));
  assert.ok(!('unavailable' in found));
  return found;
}

describe('length evidence', () => {
  it('is exactly 0, without width, for a model that is blind to length', async () => {
    const { lei, contentSwapped } = await measure(population(40, 0.9, createRandom(3)), byContent);
    assert.ok(Math.abs(lei.value) < 1e-12);
    assert.ok(Math.abs(contentSwapped.value - 0.5) < 1e-12);
    assert.deepEqual(
      lei.interval.map((end) => Math.abs(end) < 1e-9),
      [true, true],
    );
    assert.equal(lengthVerdict(await measure(population(40, 0.9, createRandom(3)), byContent)).answer, 'no');
  });

  it('is exactly 1 for a model that reads nothing but length', async () => {
    const found = await measure(population(40, 1, createRandom(3)), byLength);
    assert.ok(Math.abs(found.lei.value - 1) < 1e-12);
    assert.equal(lengthVerdict(found).answer, 'YES');
  });

  it('equals the answer computed on paper for a model that reads content, and length where the content is weak', async () => {
    // Every fourth instance has the weak level ±0.5, for which the rule asks the length: with content swapped the
    // share of weak donors keeps its length answer (right), the rest is right for half of the donors.
    const rule = (x: Float32Array) => (Math.abs(x[0]!) < 0.7 ? byLength(x) : byContent(x));
    const cases = population(40, 1, createRandom(5)).map((one) =>
      one.index % 4 < 2 ? one : { ...one, x: one.x.map((value) => value / 2) },
    );
    const { lei } = await measure(cases, rule);
    // Own content is never lent to oneself: 10 strong and 10 weak donors of the other class, 19 of one's own.
    const own = (weak: number, strong: number) => (weak * 1 + strong * 1) / (weak + strong);
    const expected = (own(9, 10) + 0.5) / 2;
    assert.ok(Math.abs(lei.value - (expected - 0.5) / 0.5) < 1e-9, `${lei.value}`);
  });

  it('covers the true value in at least 90 % of 100 samples of 60 instances', async () => {
    const rule = (random: Random) => {
      // A noisy mixture: 40 % of answers follow length, 50 % content, 10 % are a coin toss.
      return (x: Float32Array) => {
        const u = random.integer(100);
        return u < 40 ? byLength(x) : u < 90 ? byContent(x) : random.integer(2);
      };
    };
    // Aligned in 80 %: P(right) = .4·.8 + .5 + .05 = .87; swapped: .4·.8 + .5·.5 + .05 = .62; LEI = .12 / .37.
    const truth = 0.12 / 0.37;
    let covered = 0;
    for (let sample = 0; sample < 100; sample++) {
      const random = createRandom(1000 + sample);
      const { lei } = await measure(population(60, 0.8, random), rule(random), sample);
      if (lei.interval[0] <= truth && truth <= lei.interval[1]) covered++;
    }
    assert.ok(covered >= 90, `${covered} of 100`);
  }).timeout(120_000);

  it('works without labels, against the answers of the model itself', async () => {
    const cases = population(40, 0.5, createRandom(4)).map((one) => ({ ...one, label: null }));
    const found = await measure(cases, byLength);
    assert.equal(found.labelled, false);
    assert.match(lengthVerdict(found).reason, /labels would show/);
    assert.equal(lengthVerdict(found).answer, 'YES');
  });

  it('says why it cannot be had', async () => {
    const say = async (cases: AuditCase[], rule: (x: Float32Array) => number = byContent) => {
      const predicted = Int32Array.from(cases, (one) => rule(one.x));
      return lengthEvidence(cases, predicted, SHAPE, askRule(rule), createRandom(1));
    };
    const cases = population(40, 0.5, createRandom(4));
    assert.match(JSON.stringify(await say(cases.slice(0, 9))), /at least 10 instances/);
    assert.match(
      JSON.stringify(await say(cases.map((one) => level(one.index, 1, 20, STEPS, one.label)))),
      /same length/,
    );
    assert.match(JSON.stringify(await say(cases.map((one) => ({ ...one, label: 1 })))), /two classes/);
    assert.match(JSON.stringify(await say(cases, (x) => 1 - byContent(x))), /better than chance/);
  });
});
