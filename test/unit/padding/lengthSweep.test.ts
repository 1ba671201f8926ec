import assert from 'node:assert/strict';
import type { Answers } from '../../../src/attribution/asker.ts';
import type { Ask } from '../../../src/padding/ask.ts';
import { lengthSweep } from '../../../src/padding/lengthSweep.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { createRandom } from '../../../src/random.ts';
import { Refusal } from '../../../src/refusal.ts';
import { answersOf, level } from './fakeClassifier.ts';

const STEPS = 20;
const shape = { features: 1, steps: STEPS };
const units = { mean: Float64Array.of(0), sd: Float64Array.of(1), rawZero: null };

/** p(class 0) falls with the padded length and nothing else: 10 / steps. */
const byPaddedLength: Ask = async (inputs, steps) => {
  const count = [...inputs].length;
  const probabilities = Float32Array.from({ length: 2 * count }, (_, i) =>
    i % 2 ? 1 - 10 / steps : 10 / steps,
  );
  return { classes: 2, logits: probabilities, predicted: new Int32Array(count), probabilities };
};

async function sweep(cases: readonly Case[], ask: Ask, answers: Answers) {
  const found = await lengthSweep({ cases, answers, shape, units }, ask, createRandom(1));
  assert.ok(!('unavailable' in found));
  return found as Exclude<typeof found, { readonly unavailable: string }>;
}

describe('length sweep', () => {
  const cases = [level(0, 1, 6, STEPS, 0), level(1, 1, 12, STEPS, 0)];
  const zeros = answersOf(new Int32Array(2));

  it('goes from the longest series to twice T, with the probability at every length', async () => {
    const found = await sweep(cases, byPaddedLength, zeros);
    // 12 to 40 in eight equal steps of 3.5, rounded.
    assert.deepEqual(
      found.map(({ steps }) => steps),
      [12, 16, 19, 23, 26, 30, 33, 37, 40],
    );
    for (const { steps, probability } of found) {
      assert.ok(Math.abs(probability.value - 10 / steps) < 1e-6);
      assert.equal(probability.n, 2);
      for (const end of probability.interval) assert.ok(Math.abs(end - 10 / steps) < 1e-6);
    }
  });

  it('follows the class predicted at T, whatever is predicted elsewhere', async () => {
    const [first] = await sweep(cases, byPaddedLength, answersOf(Int32Array.of(1, 1)));
    assert.ok(Math.abs(first!.probability.value - (1 - 10 / 12)) < 1e-6);
  });

  it('leaves the series as they are, at the side they are padded on', async () => {
    const seen = new Map<number, number[][]>();
    const watching: Ask = async (inputs, steps) => {
      seen.set(
        steps,
        [...inputs].map(({ x }) => [...x]),
      );
      return answersOf(new Int32Array(2));
    };
    const front = {
      ...level(1, 1, 6, STEPS, 0),
      x: new Float32Array(STEPS).fill(1, 14),
      mask: new Uint8Array(STEPS).fill(1, 14),
    };
    await sweep([level(0, 1, 8, STEPS, 0), front], watching, zeros);
    assert.deepEqual([Math.min(...seen.keys()), Math.max(...seen.keys())], [8, 40]);
    for (const [steps, [atEnd, atFront]] of seen) {
      assert.deepEqual(atEnd, [...Array(8).fill(1), ...Array(steps - 8).fill(0)]);
      assert.deepEqual(atFront, [...Array(steps - 6).fill(0), ...Array(6).fill(1)]);
    }
  });

  it('never cuts a series that has real steps on both sides of its padding', async () => {
    const mask = Uint8Array.from({ length: STEPS }, (_, t) => (t < 4 || t > 17 ? 1 : 0));
    const middle = { ...level(0, 1, 6, STEPS, 0), mask, x: Float32Array.from(mask) };
    const found = await sweep([middle], byPaddedLength, answersOf(new Int32Array(1)));
    assert.equal(found[0]!.steps, STEPS);
  });

  it('says why there is none', async () => {
    const refusing: Ask = async (_, steps) => {
      if (steps === STEPS) return zeros;
      throw new Refusal('fixed-length', 'Reshape "/flat" has the length 20 written into it.');
    };
    const found = await lengthSweep({ cases, answers: zeros, shape, units }, refusing, createRandom(1));
    assert.deepEqual(found, { unavailable: 'Reshape "/flat" has the length 20 written into it.' });
    const broken: Ask = () => Promise.reject(new Error('a defect'));
    await assert.rejects(
      lengthSweep({ cases, answers: zeros, shape, units }, broken, createRandom(1)),
      /a defect/,
    );
  });
});
