import assert from 'node:assert/strict';
import { carrierEvidence } from '../../../src/padding/carrierEvidence.ts';
import { carriersOf, laid } from '../../../src/padding/carriers.ts';
import { lengthEvidence } from '../../../src/padding/lengthEvidence.ts';
import { lookVerdict } from '../../../src/padding/verdicts/lookVerdict.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { createRandom, type Random } from '../../../src/random.ts';
import { askRule } from './fakeClassifier.ts';

const STEPS = 30;
const SHAPE = { features: 1, steps: STEPS };

function padded(index: number, label: number, length: number, pad: number, front: boolean): Case {
  const x = new Float32Array(STEPS).fill(pad);
  const mask = new Uint8Array(STEPS);
  const from = front ? STEPS - length : 0;
  x.fill(5, from, from + length);
  mask.fill(1, from, from + length);
  return { id: String(index), index, x, mask, length, label };
}

const lengthAt = (random: Random) => 8 + random.integer(16);

async function judge(cases: Case[], rule: (x: Float32Array) => number) {
  const predicted = Int32Array.from(cases, (one) => rule(one.x));
  const carried = await carrierEvidence(cases, predicted, SHAPE, askRule(rule), createRandom(1));
  const { evidence } = await lengthEvidence(cases, predicted, 2, SHAPE, askRule(rule), createRandom(1));
  return { carried, evidence };
}

describe('value and place of the padding', () => {
  it('a value that carries the class is found, and is not called length', async () => {
    const random = createRandom(2);
    const cases = Array.from({ length: 40 }, (_, i) =>
      padded(i, i % 2, lengthAt(random), i % 2 ? 1 : -1, false),
    );
    const { carried, evidence } = await judge(cases, (x) => (x.at(-1)! > 0 ? 1 : 0));
    assert.ok('value' in carried.value && Math.abs(carried.value.value - 1) < 1e-9);
    assert.match(JSON.stringify(carried.side), /same place/);
    assert.ok(!('unavailable' in evidence) && Math.abs(evidence.lei.value) < 1e-9);
    const verdict = lookVerdict([], carried, 40, 40);
    assert.equal(verdict.answer, 'carries the class');
    assert.match(verdict.reason, /value of the padding alone keeps 100 %/);
  });

  it('a side that carries the class is found, and is not called length', async () => {
    const random = createRandom(3);
    const cases = Array.from({ length: 40 }, (_, i) => padded(i, i % 2, lengthAt(random), 0, i % 2 === 1));
    const { carried, evidence } = await judge(cases, (x) => (x[0] === 0 ? 1 : 0));
    assert.ok('value' in carried.side && Math.abs(carried.side.value - 1) < 1e-9);
    assert.match(JSON.stringify(carried.value), /same value/);
    assert.ok(!('unavailable' in evidence) && Math.abs(evidence.lei.value) < 1e-9);
    assert.match(lookVerdict([], carried, 40, 40).reason, /place of the padding alone keeps 100 %/);
  });

  it('values that differ but say nothing carry nothing', async () => {
    const random = createRandom(4);
    const cases = Array.from({ length: 40 }, (_, i) => {
      const one = padded(i, i % 2, lengthAt(random), random.integer(2), false);
      if (i % 2) one.x.fill(7, 0, one.length);
      return one;
    });
    const { carried } = await judge(cases, (x) => (x[0] === 7 ? 1 : 0));
    assert.ok('value' in carried.value && Math.abs(carried.value.value) < 1e-9);
  });
});

describe('carriers', () => {
  const of = (...cases: Case[]) => {
    const found = carriersOf(cases, SHAPE);
    assert.ok(!('unavailable' in found));
    return found;
  };

  it('repeated edges have no value of their own, and are repeated again', () => {
    const edged = [4, 9].map((value, i) => {
      const one = padded(i, i, 10, 0, false);
      for (let t = 0; t < 10; t++) one.x[t] = t === 9 ? value : t;
      one.x.fill(value, 10);
      return one;
    });
    const found = of(...edged);
    assert.deepEqual([found.edge, found.valuesDiffer], [true, false]);
    assert.equal(laid(Float32Array.of(1, 2, 3), 3, found.of[0]!, SHAPE, true).x.at(-1), 3);
  });

  it('centred series are at one place, however odd their padding', () => {
    const centred = [10, 11, 12].map((length, i) => {
      const from = Math.floor((STEPS - length) / 2);
      const [x, mask] = [new Float32Array(STEPS), new Uint8Array(STEPS)];
      x.fill(1, from, from + length);
      mask.fill(1, from, from + length);
      return { id: String(i), index: i, x, mask, length, label: 0 };
    });
    assert.equal(of(...centred).sidesDiffer, false);
  });

  it('padding of many values, or between real steps, is not told from length', () => {
    const noisy = padded(0, 0, 10, 0, false);
    noisy.x[20] = 3;
    assert.match(
      JSON.stringify(carriersOf([noisy, padded(1, 1, 12, 0, false)], SHAPE)),
      /more than one value/,
    );
    const middle = padded(0, 0, 10, 0, false);
    middle.mask[4] = 0;
    assert.match(JSON.stringify(carriersOf([middle], SHAPE)), /between real steps/);
  });
});
