import assert from 'node:assert/strict';
import type { LengthEvidence, LengthResponse } from '../../../src/padding/audit.ts';
import { lengthEvidence } from '../../../src/padding/lengthEvidence.ts';
import { lengthVerdict } from '../../../src/padding/verdicts/lengthVerdict.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { createRandom, type Random } from '../../../src/random.ts';
import { askRule, lengthOf, level } from './fakeClassifier.ts';

const STEPS = 40;
const SHAPE = { features: 1, steps: STEPS };

/** Content −1 or +1 tells the class; short (L < 20) and long agree with it in the share `aligned`. */
function population(n: number, aligned: number, random: Random): Case[] {
  return Array.from({ length: n }, (_, i) => {
    const label = i % 2;
    const long = random.integer(1000) < 1000 * aligned ? label === 1 : label === 0;
    const length = (long ? 20 : 5) + random.integer(15);
    return level(i, label === 1 ? 1 : -1, length, STEPS, label);
  });
}

const byContent = (x: Float32Array) => (x[0]! > 0 ? 1 : 0);
const byLength = (x: Float32Array) => (lengthOf(x) >= 20 ? 1 : 0);

interface Found extends LengthEvidence {
  readonly response: LengthResponse;
}

async function measure(cases: Case[], rule: (x: Float32Array) => number, seed = 1): Promise<Found> {
  const predicted = Int32Array.from(cases, (one) => rule(one.x));
  const { evidence, response } = await lengthEvidence(
    cases,
    predicted,
    2,
    SHAPE,
    askRule(rule),
    createRandom(seed),
  );
  assert.ok(!('unavailable' in evidence) && !('unavailable' in response));
  return { ...evidence, response };
}

const answer = (found: Found) => lengthVerdict(found, found.response).answer;

describe('length evidence', () => {
  it('is exactly 0 for a model that is blind to length, and its answers do not follow it', async () => {
    const found = await measure(population(40, 0.9, createRandom(3)), byContent);
    assert.ok(Math.abs(found.lei.value) < 1e-12);
    assert.ok(Math.abs(found.contentSwapped.value - 0.5) < 1e-12);
    assert.ok(Math.abs(found.placebo - 1) < 1e-12);
    assert.ok(found.response.change.value < 1e-12);
    assert.ok(found.lei.interval[0] < 0 && found.lei.interval[1] < 0.05, 'forty instances do not prove 0');
    assert.equal(answer(found), 'no');
  });

  it('is exactly 1 for a model that reads nothing but length, and all its answers follow it', async () => {
    const found = await measure(population(40, 1, createRandom(3)), byLength);
    assert.ok(Math.abs(found.lei.value - 1) < 1e-12);
    assert.ok(Math.abs(found.response.change.value - 1) < 1e-12);
    assert.deepEqual([found.response.class, found.response.rises], [0, false]);
    assert.equal(answer(found), 'YES');
  });

  it('equals the answer computed on paper for a model that asks the length where the content is weak', async () => {
    // Class 1 is weak (.5), class 0 strong (−1). With content swapped: strong content says 0 in every frame, weak
    // content says what the frame's length says, which is the frame's class. Right: 1, 0, 1, 1 of the four cells.
    const rule = (x: Float32Array) => (Math.abs(x[0]!) < 0.7 ? byLength(x) : byContent(x));
    const cases = population(40, 1, createRandom(5)).map((one) =>
      one.label === 0 ? one : { ...one, x: one.x.map((value) => value / 2) },
    );
    const { lei, placebo } = await measure(cases, rule);
    assert.ok(Math.abs(lei.value - 0.5) < 1e-9, `${lei.value}`);
    assert.ok(Math.abs(placebo - 1) < 1e-9, `${placebo}`);
  });

  it('responds, worth nothing: a model that reads length where length is not the class', async () => {
    // Half of the answers follow length, half content; every length occurs as often in each class.
    const rule = (x: Float32Array) => (lengthOf(x) % 2 === 0 ? byLength(x) : byContent(x));
    const cases = Array.from({ length: 600 }, (_, i) =>
      level(i, i % 2 === 1 ? 1 : -1, 6 + (Math.floor(i / 2) % 30), STEPS, i % 2),
    );
    const found = await measure(cases, rule);
    assert.ok(found.response.change.interval[0] > 0.3, JSON.stringify(found.response));
    assert.equal(answer(found), 'responds, worth nothing on this data');
  });

  it('covers the true value in 90 to 100 of 100 samples of 60 instances', async () => {
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

  it('the placebo gives away a way that disturbs the model, and the others are trusted instead', async () => {
    // The class is whether neighbours differ in sign: stretching smooths that away, cropping and continuing do not.
    const cases = population(60, 0.9, createRandom(6)).map((one) => ({
      ...one,
      x: one.x.map((value, t) => (one.label === 1 ? value * (t % 2 === 0 ? 1 : -1) : value)),
    }));
    const rough = (x: Float32Array) => {
      const last = lengthOf(x);
      let turns = 0;
      for (let t = 1; t < last; t++) if (x[t]! * x[t - 1]! < 0) turns++;
      return turns > 0.8 * (last - 1) ? 1 : 0;
    };
    const found = await measure(cases, rough);
    const weight = (way: string) => found.ways.filter((one) => one.way === way).map((one) => one.weight);
    assert.ok(
      weight('stretch').every((share) => share < 0.05),
      JSON.stringify(found.ways),
    );
    assert.equal(answer(found), 'no');
  });

  it('works without labels, against the answers of the model itself', async () => {
    const cases = population(40, 0.5, createRandom(4)).map((one) => ({ ...one, label: null }));
    const found = await measure(cases, byLength);
    assert.equal(found.labelled, false);
    assert.match(lengthVerdict(found, found.response).reason, /labels of all instances would show/);
    assert.equal(answer(found), 'YES');
  });

  it('says why it cannot be had', async () => {
    const say = async (cases: Case[], rule: (x: Float32Array) => number = byContent) => {
      const predicted = Int32Array.from(cases, (one) => rule(one.x));
      return (await lengthEvidence(cases, predicted, 2, SHAPE, askRule(rule), createRandom(1))).evidence;
    };
    const cases = population(40, 0.5, createRandom(4));
    assert.match(JSON.stringify(await say(cases.slice(0, 9))), /at least 10 instances/);
    assert.match(
      JSON.stringify(await say(cases.map((one) => level(one.index, 1, 20, STEPS, one.label)))),
      /same length/,
    );
    assert.match(JSON.stringify(await say(cases.map((one) => ({ ...one, label: 1 })))), /two classes/);
    assert.match(JSON.stringify(await say(cases, (x) => 1 - byContent(x))), /better than chance/);
    const barely = (x: Float32Array) => (lengthOf(x) % 4 === 0 ? byContent(x) : byLength(x));
    const twelve = population(12, 0.5, createRandom(2));
    assert.match(JSON.stringify(await say(twelve, barely)), /chance/);
  });
});
