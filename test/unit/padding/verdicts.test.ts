import assert from 'node:assert/strict';
import type {
  CarrierEvidence,
  CarrierFigures,
  Estimate,
  Intervention,
  LayerFacts,
  LengthEvidence,
  LengthResponse,
} from '../../../src/padding/audit.ts';
import { wilsonBound, wilsonRate } from '../../../src/padding/estimate.ts';
import { carrierSummary } from '../../../src/padding/verdicts/carrierSummary.ts';
import { layoutVerdict } from '../../../src/padding/verdicts/layoutVerdict.ts';
import { lengthVerdict } from '../../../src/padding/verdicts/lengthVerdict.ts';
import { lookVerdict } from '../../../src/padding/verdicts/lookVerdict.ts';
import { mapShows } from '../../../src/padding/verdicts/mapShows.ts';

const NONE: CarrierEvidence = { value: { unavailable: '' }, side: { unavailable: '' } };
const zero: Estimate = { value: 0, interval: [0, 0], n: 60 };
const flips = (rate: number, n = 60, intervention: Intervention = 'noise'): CarrierFigures => ({
  intervention,
  flipRate: wilsonRate(rate, n),
  meanAbsDp: zero,
  balancedAccuracy: null,
  worst: { id: 'a', index: 0, dp: 0 },
  flipped: new Uint8Array(n),
});
/** One-sided bounds lie within the two-sided interval as far as a normal distribution's do. */
const evidence = (value: number, low: number, high: number): LengthEvidence => ({
  labelled: true,
  lei: { value, interval: [low, high], n: 60 },
  atLeast: value - (value - low) * 0.839,
  atMost: value + (high - value) * 0.839,
  contentSwapped: zero,
  placebo: 0.98,
  margin: 0.4,
  transportShare: 0.1,
  ways: [],
  splitFromCarrier: true,
  lengthSwapped: zero,
  resampleControl: zero,
  excessFlips: zero,
  permutations: 60,
});
const response = (value: number, low: number, high: number): LengthResponse => ({
  change: { value, interval: [low, high], n: 60 },
  class: 1,
  rises: true,
});
const still = response(0.03, 0, 0.08);
const facts = (mixed: number, empty: number, plateau: LayerFacts['plateau']): LayerFacts => ({
  layer: 'conv',
  positions: { REAL: 0.4, MIXED: 0.3, EMPTY: 0.3 },
  zoneShare: { gradcam_abs: { REAL: 1 - mixed - empty, MIXED: mixed, EMPTY: empty, maps: 60, allZero: 0 } },
  plateau,
  degeneracy: { mean: 0, min: 0, n: 60, cause: 'none' },
  alphaPollution: null,
});

describe('verdicts', () => {
  it('map artefact', () => {
    assert.equal(mapShows(facts(0.5, 0.01, null), 60).answer, 'explained');
    assert.equal(
      mapShows(facts(0.3, 0.3, { stdOverMax: 0, levelOverMax: 0.2, n: 60 }), 60).answer,
      'explained',
    );
    assert.equal(
      mapShows(facts(0.3, 0.3, { stdOverMax: 0.2, levelOverMax: 0.2, n: 60 }), 60).answer,
      'not explained',
    );
    assert.equal(mapShows(facts(0.3, 0.3, null), 60).answer, 'cannot tell');
    assert.match(mapShows(undefined, 60).reason, /reads the whole series/);
  });

  it('the map is information: nothing there, and never a word of use', () => {
    const nothing = mapShows(facts(0.001, 0, null), 60);
    assert.equal(nothing.answer, 'nothing to explain');
    assert.match(mapShows(facts(0.5, 0.01, null), 60).reason, /not whether the model uses padding or length/);
  });

  it('place and look are judged by the worst of their own changes, with an allowance for its having been picked', () => {
    const place = (rate: number, n = 60) =>
      layoutVerdict([flips(rate, n, 'truncate'), flips(0.6, n, 'noise')], NONE, n, n);
    assert.deepEqual(
      [place(0).answer, place(0.3).answer, place(0.1).answer, place(0.12, 30).answer],
      ['robust', 'FRAGILE', 'cannot tell', 'cannot tell'],
    );
    const look = lookVerdict([flips(0.6, 60, 'truncate'), flips(0, 60)], NONE, 60, 60);
    assert.equal(look.answer, 'robust');
    assert.match(place(1, 4).reason, /^100 % of 4 answers.*at least 10 instances/);
    assert.match(layoutVerdict([flips(0)], NONE, 60, 0).reason, /^No instance is padded/);
    assert.match(lookVerdict([flips(0)], NONE, 60, 0).reason, /^No instance is padded/);
    assert.equal(
      layoutVerdict([{ intervention: 'truncate', unavailable: 'x' }], NONE, 60, 60).answer,
      'cannot tell',
    );
    const one = lookVerdict([flips(0.2)], NONE, 60, 60).numbers.low!;
    const five = lookVerdict(
      [0.2, 0, 0, 0, 0].map((rate) => flips(rate)),
      NONE,
      60,
      60,
    ).numbers.low!;
    assert.ok(Math.abs(one - wilsonBound(0.2, 60, -1.959964)) < 1e-6);
    assert.ok(Math.abs(five - wilsonBound(0.2, 60, -2.575829)) < 1e-6);
  });

  it('what rests on some of the changes says so', () => {
    const some = layoutVerdict(
      [
        flips(0.4, 60, 'other_side'),
        { intervention: 'truncate', unavailable: 'It cannot take 23.' },
        { intervention: 'double_T', unavailable: 'It cannot take 128.' },
      ],
      NONE,
      60,
      60,
    );
    assert.equal(some.answer, 'FRAGILE');
    assert.match(some.reason, /rests on 1 of 3 changes; the others could not be made: It cannot take 23\.$/);
  });

  it('a carrier is named, and dropping a value that carries the class is no change of place', () => {
    const carried: CarrierEvidence = { ...NONE, value: { value: 0.9, interval: [0.8, 1], n: 60 } };
    const results = [flips(0.3, 60, 'truncate'), flips(0, 60, 'other_side'), flips(0.5)];
    const look = lookVerdict(results, carried, 60, 60);
    assert.equal(look.answer, 'carries the class');
    assert.match(look.reason, /value of the padding alone keeps 90 %/);
    const layout = layoutVerdict(results, carried, 60, 60);
    assert.equal(layout.answer, 'robust');
    const both = carrierSummary(layout, look);
    assert.equal(both.answer, 'FRAGILE');
    assert.match(both.reason, /^Padding's place: robust\. .*Padding's look: carries the class\. /);
  });

  it('of one instance they say what flips, not how often', () => {
    const one = (intervention: Intervention, flip: 0 | 1) => ({
      ...flips(flip, 1, intervention),
      flipped: Uint8Array.of(flip),
    });
    const results = [one('noise', 1), one('reflect', 0), one('truncate', 1)];
    const look = lookVerdict(results, NONE, 1, 1);
    assert.equal(look.answer, 'cannot tell');
    assert.equal(
      look.reason,
      'This answer flips under 1 of 2 changes of what the padding holds (refilling with noise); how often answers flip takes at least 10 instances.',
    );
    assert.match(
      layoutVerdict([one('truncate', 0)], NONE, 1, 1).reason,
      /^This answer holds under all 1 changes of where the padding lies/,
    );
  });

  it('length', () => {
    const say = (...figures: [number, number, number]) => lengthVerdict(evidence(...figures), still).answer;
    assert.equal(say(0.02, -0.01, 0.06), 'no');
    assert.equal(say(0.44, 0.3, 0.6), 'YES');
    assert.equal(say(0.1, 0.06, 0.14), 'unclear');
    // The two-sided interval holds 0, and the bounds that decide do not.
    const unclear = lengthVerdict(
      { ...evidence(0.08, -0.005, 0.165), atLeast: 0.002, atMost: 0.1499 },
      still,
    );
    assert.equal(unclear.answer, 'unclear');
    assert.match(
      unclear.reason,
      /LEI 0\.08 \[.0\.01, 0\.17\] on \d+ instances\. By one-sided 95 % bounds, 0\.0020 and 0\.1499, that is more than nothing and at most 0\.15: /,
    );
    const no = lengthVerdict({ ...evidence(0.02, -0.12, 0.16), atLeast: -0.1, atMost: 0.14 }, still);
    assert.equal(no.answer, 'no');
    assert.match(no.reason, /By a one-sided 95 % bound, 0\.14, it is below 0\.15\.$/);
    assert.doesNotMatch(lengthVerdict(evidence(0.02, -0.01, 0.06), still).reason, /one-sided/);
    assert.equal(say(0.1, -0.04, 0.24), 'cannot tell');
    assert.equal(say(0.02, -0.3, 0.3), 'cannot tell');
    assert.equal(say(0.2, 0.01, 0.4), 'cannot tell');
    assert.equal(lengthVerdict({ unavailable: 'No labels.' }, { unavailable: '' }).reason, 'No labels.');
  });

  it('length that is worth nothing here, or costs accuracy, is not no', () => {
    const follows = response(0.42, 0.33, 0.51);
    const found = lengthVerdict(evidence(-0.02, -0.08, 0.04), follows, ['run', 'walk']);
    assert.equal(found.answer, 'responds, worth nothing on this data');
    assert.match(found.reason, /share of walk rises by 42 % \[33 %, 51 %\]/);
    assert.deepEqual([found.numbers.response, found.numbers.placebo], [0.42, 0.98]);
    const costs = lengthVerdict(evidence(-0.3, -0.45, -0.15), follows, ['run', 'walk']);
    assert.equal(costs.answer, 'responds, worth nothing on this data');
    assert.match(costs.reason, /costs accuracy/);
  });

  it('cannot tell names the reason: the placebo, the accuracy, or the number of instances', () => {
    const wide = evidence(0.12, -0.1, 0.3);
    const why = (change: Partial<LengthEvidence>) => lengthVerdict({ ...wide, ...change }, still).reason;
    assert.match(why({}), /: more instances would tell\.$/);
    assert.match(why({ margin: 0.1 }), /only 10 % better than chance/);
    assert.match(
      why({ transportShare: 0.8, placebo: 0.43 }),
      /keep 43 % of the accuracy above chance\. More instances would not tell/,
    );
  });

  it('YES is not said where swaps within a class harm the model', () => {
    const kept = (placebo: number) => lengthVerdict({ ...evidence(0.3, 0.15, 0.45), placebo }, still);
    assert.equal(kept(0.95).answer, 'YES');
    assert.equal(kept(0.7).answer, 'cannot tell');
    assert.match(kept(0.7).reason, /keep 70 % of the accuracy above chance\. More instances would not tell/);
  });

  it('a Wilson interval does not shrink to nothing', () => {
    // Wilson 1927 for 0 of 60: [0, z²/(n + z²)].
    const { interval } = wilsonRate(0, 60);
    assert.ok(Math.abs(interval[1] - 3.8415 / 63.8415) < 1e-4);
    assert.equal(interval[0], 0);
    for (let n = 1; n <= 300; n++) {
      assert.equal(wilsonRate(0, n).interval[0], 0, `none of ${n}`);
      assert.equal(wilsonRate(1, n).interval[1], 1, `all of ${n}`);
    }
  });
});
