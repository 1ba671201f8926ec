import assert from 'node:assert/strict';
import type { Estimate } from '../../../src/padding/audit.ts';
import { mean, wilsonRate } from '../../../src/padding/estimate.ts';
import { marginOf } from '../../../src/padding/marginOf.ts';
import { createRandom } from '../../../src/random.ts';
import type { Arm } from '../../../src/repair/armNames.ts';
import { helpAtChance, noneAtChance } from '../../../src/repair/atChance.ts';
import { choose, helpOf } from '../../../src/repair/choose.ts';
import { leftOver } from '../../../src/repair/leftOver.ts';
import { lengthNote } from '../../../src/repair/lengthNote.ts';
import { measured } from '../../../src/repair/measured.ts';
import { type Facts, mustSuffice, whyNot } from '../../../src/repair/needs.ts';
import { paddingLook } from '../../../src/repair/paddingLook.ts';
import type { Judged, Standing, TriedCandidate } from '../../../src/repair/standing.ts';
import { refusal } from '../refusal.ts';

const at = (value: number, half = 0.05): Estimate => ({
  value,
  interval: [value - half, value + half],
  n: 60,
});
const flips = (value: number) => ({
  ...at(value),
  answer: 'FRAGILE' as const,
  worst: 'truncation',
  changes: 3,
});
const standing = (over: Partial<Standing> = {}): Standing => ({
  accuracy: at(0.8),
  lengthCrossed: at(0.7),
  layout: flips(0.3),
  look: flips(0.3),
  lengthEvidence: { ...at(0.4), answer: 'YES' },
  lengthResponse: { unavailable: '' },
  ...over,
});
const pickOf = ({ helps, why }: Pick<TriedCandidate, 'helps' | 'why'>) => ({ helps, why });
const candidate = (name: Arm, score: number, helps = true): TriedCandidate => ({
  ...standing(),
  name,
  score: at(score),
  gain: at(0),
  change: at(0),
  lengthCrossedChange: at(0),
  mcnemar: { gained: 0, lost: 0, p: 1 },
  mapOnPadding: at(0),
  milliseconds: at(1),
  helps,
  why: `Why of ${name}.`,
  otherForm: null,
  seconds: 1,
  notes: [],
});

describe('what the lengths of a file cannot show', () => {
  const note = (...lengths: number[][]) =>
    lengthNote(
      lengths.flatMap((of, label) => of.map((length) => ({ label, length }))),
      ['A', 'B'],
    );
  it('is said of one length, and of a class on one side only', () => {
    assert.match(note([7, 7], [7, 7]) ?? '', /^All series have 7 real steps: accuracy at crossed lengths is/);
    assert.match(
      note([1, 2], [8, 9]) ?? '',
      /^All series of class "A", class "B" lie in one half of the lengths/,
    );
    assert.match(note([1, 2], [2, 8, 9]) ?? '', /^All series of class "A" lie in one half/);
    assert.equal(note([1, 9], [2, 8]), undefined);
    assert.equal(note([9, 9, 5], [9, 9, 4]), undefined, 'most are as long as any');
  });
});

describe('the rule by which a repair is chosen', () => {
  it('helps where something is better beyond its interval and the score does not pay for it', () => {
    const better = standing({ layout: flips(0) });
    const help = (after: Standing, accuracy: number, crossed: number, from = standing()) =>
      helpOf(from, after, { accuracy: at(accuracy), lengthCrossed: at(crossed) }, 0.5);
    assert.equal(help(better, -0.02, -0.02).helps, true);
    assert.match(help(better, -0.02, 0).why, /padding lies elsewhere \(30 % → 0 %\)/);
    assert.match(help(better, -0.1, 0).why, /^Its accuracy falls by 0\.10, although/);
    assert.match(help(better, 0, -0.1).why, /^It is right less often at crossed lengths, by 0\.10, although/);
    assert.equal(help(standing({ layout: flips(0.27) }), 0, 0).helps, false);
    assert.equal(help(standing(), 0, 0.2).helps, true);
    assert.equal(help(standing(), 0.2, 0).helps, false, 'accuracy alone is no repair');
    const blind = standing({ layout: { unavailable: '' }, look: { unavailable: '' } });
    assert.equal(help(better, 0, 0, blind).helps, false);
    // (.8 − .5) · (.4 − .1) = .09 of the accuracy was the length's.
    const unread = standing({ lengthEvidence: { ...at(0.1), answer: 'unclear' } });
    assert.equal(help(unread, -0.12, 0).helps, true);
    const below = standing({ lengthEvidence: { ...at(-0.02), answer: 'no' } });
    assert.match(help(below, 0, 0).why, /\(0\.40 → −0\.02\)/, 'a minus, no hyphen');
    assert.match(help(unread, -0.15, 0).why, /falls by 0\.15, of which length evidence accounts for 0\.09/);
    // Less than none is none: neither an improvement nor a price that length evidence would account for.
    const lei = (value: number, half: number) =>
      standing({ lengthEvidence: { ...at(value, half), answer: 'no' } });
    assert.equal(
      help(lei(-0.23, 0.05), 0, 0, lei(-0.04, 0.05)).why,
      'Nothing becomes better beyond its interval.',
    );
    const none = standing({ ...lei(-0.02, 0.04), layout: { unavailable: '' }, look: { unavailable: '' } });
    assert.equal(help(lei(-0.15, 0.02), -0.04, -0.04, none).helps, false);
    assert.equal(help(lei(-0.3, 0.02), 0, 0, lei(0.04, 0.02)).helps, false, 'by .04 only');
    assert.match(help(lei(-0.3, 0.02), -0.2, 0, lei(0, 0.02)).why, /^Its accuracy falls by 0\.20\.$/);
    const gone = standing({ layout: flips(0), lengthEvidence: { unavailable: 'near chance' } });
    assert.match(help(gone, -0.01, 0).why, /cannot be told from chance/);
  });

  it('takes the highest score, the cheapest of equals, and nothing where nothing helps', () => {
    const chosen = (...all: TriedCandidate[]) => {
      const found = choose(all);
      return 'chosen' in found ? found.chosen.name : found.reason;
    };
    assert.equal(chosen(candidate('masked', 1.5), candidate('head', 1.6)), 'head');
    assert.equal(chosen(candidate('masked', 1.595), candidate('head', 1.6)), 'masked');
    assert.equal(chosen(candidate('masked', 1.9, false), candidate('fine-tune', 1.2)), 'fine-tune');
    assert.match(
      chosen(candidate('masked', 1.9, false), candidate('head', 1.8, false)),
      /^Nothing helped.*masked: Why of masked/,
    );
    assert.match(chosen(), /No repair could be tried/);
  });
});

describe('the rule for answers that are all one', () => {
  const labels = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const of = (correct: Uint8Array, answered: number, layout: number): Judged => ({
    ...standing({ accuracy: wilsonRate(mean(correct), 40), layout: flips(layout) }),
    ...{ correct, crossed: Float64Array.from(correct), margin: marginOf(correct, labels), answered },
    carried: { value: { unavailable: '' }, side: { unavailable: '' } },
  });
  const weights = new Float64Array(40).fill(1 / 40);
  const before = of(
    Uint8Array.from(labels, (label, i) => (label === 0 || i > 0 ? 1 : 0)),
    2,
    0.4,
  );
  const largest = Uint8Array.from(labels, (label) => 1 - label);

  it('is that they do not help: they cannot flip', () => {
    assert.deepEqual(pickOf(measured(before, of(largest, 1, 0), weights)), {
      helps: false,
      why: 'It answers the same class whatever the series is.',
    });
    assert.equal(measured(before, of(before.correct, 2, 0), weights).helps, true);
  });

  it('and what length accounts for is counted by the chance of the classes that occur', () => {
    const judgedAs = (correct: Uint8Array, lei: number): Judged => ({
      ...of(correct, 2, 0),
      crossed: new Float64Array(40).fill(0.5),
      lengthEvidence: { value: lei, interval: [lei - 0.1, lei + 0.1], n: 40, answer: lei > 0 ? 'YES' : 'no' },
    });
    const right = new Uint8Array(40).fill(1);
    // Of .3 · (1 − 1/2) = .15 and .04 a tenth is paid for, a quarter is not; by the chance of six classes it would be.
    const fall = (wrong: number) =>
      judgedAs(
        right.map((one, i) => (i < wrong ? 0 : one)),
        0,
      );
    const helps = [4, 10].map((wrong) => measured(judgedAs(right, 0.3), fall(wrong), weights).helps);
    assert.deepEqual(helps, [true, false]);
  });

  it('and stands in the notes of one that is written all the same', () => {
    const [first] = leftOver(before, of(largest, 1, 0), { otherForm: null });
    assert.match(first!, /^The repaired model answers the same class whatever the series is/);
    assert.deepEqual(leftOver(before, of(before.correct, 2, 0), { otherForm: null }), [
      'Answers still flip when the padding lies elsewhere: layout stays FRAGILE.',
      'Answers still flip when the padding holds something else: look stays FRAGILE.',
      'It still reads the class off the length: length evidence is 0.40.',
    ]);
  });
});

describe('the rule for a model that is hardly better than chance', () => {
  const labels = Array.from({ length: 100 }, (_, i) => i % 2);
  const right = (share: number) => Uint8Array.from(labels, (_, i) => ((i * 37) % 100 < share * 100 ? 1 : 0));
  const of = (share: number) => ({
    accuracy: wilsonRate(share, 100),
    margin: marginOf(right(share), labels),
    lengthEvidence: { unavailable: '' },
  });
  const help = (share: number, accuracy: Estimate, crossed = 0) =>
    helpAtChance(of(0.52), of(share), { accuracy, lengthCrossed: at(crossed) });

  it('is known by balanced accuracy: by its margin, and by what the margin may be luck', () => {
    assert.deepEqual(
      [0.4, 0.5, 0.54, 0.58, 0.7, 1].map((share) => of(share).margin.hardly),
      [true, true, true, true, false, false],
    );
    // Of the larger class only: right for 90 of 100, and chance.
    const skewed = Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : 1));
    const largest = marginOf(
      Uint8Array.from(skewed, (label) => 1 - label),
      skewed,
    );
    assert.deepEqual([largest.balancedAccuracy, largest.chance, largest.hardly], [0.5, 0.5, true]);
  });

  it('answers by chance hardly ever pass, of many classes with few instances neither', () => {
    const random = createRandom(4);
    // On paper: 1.96 √(9 · (1/9 · 8/9) / 5) / 9 = .0918 above 1/9 are asked of nine classes of five.
    for (const [classes, each] of [
      [9, 5],
      [11, 5],
      [20, 2],
      [2, 20],
    ] as const) {
      const labels = Array.from({ length: classes * each }, (_, i) => i % classes);
      let passed = 0;
      for (let round = 0; round < 1000; round++) {
        const right = labels.map(() => Number(random.integer(classes) === 0));
        passed += Number(!marginOf(right, labels).hardly);
      }
      assert.ok(passed <= 60, `${classes} classes of ${each}: ${passed} of 1000`);
    }
    const nine = Array.from({ length: 45 }, (_, i) => i % 9);
    const rightOf = (n: number) => nine.map((_, i) => Number(i < n));
    // 9 of 45 are .2, beyond .2029 only 10 of 45.
    assert.deepEqual([marginOf(rightOf(9), nine).hardly, marginOf(rightOf(10), nine).hardly], [true, false]);
  });

  it('takes only what makes it better than chance, and says so in one sentence', () => {
    const { helps, why } = help(0.53, at(0.01));
    assert.equal(helps, false);
    assert.match(
      why,
      /^The model as trained is hardly better than chance on these labels \(balanced accuracy 0\.52 \[0\.42, 0\.61\], chance 0\.50\)/,
    );
    assert.match(
      noneAtChance(of(0.52).margin, 5),
      /^Nothing is repaired: the model [^!?]* none of 5 repairs tried/,
    );
    assert.match(help(0.8, at(0.28, 0.1)).why, /^It is right more often \(0\.52 → 0\.80\), where the model/);
    assert.equal(help(0.8, at(0.28, 0.1)).helps, true);
    assert.match(help(0.8, at(0.28, 0.1), -0.1).why, /right less often at crossed lengths, by 0\.10\.$/);
    const byLength = { ...of(0.8), lengthEvidence: { ...at(0.7), answer: 'YES' as const } };
    const gains = { accuracy: at(0.28, 0.1), lengthCrossed: at(0) };
    assert.match(helpAtChance(of(0.52), byLength, gains).why, /what it learns is the length: .* 0\.70\.$/);
    assert.equal(help(0.57, at(0.05, 0.04)).helps, false, 'itself no better than chance');
  });
});

describe('what a repair needs', () => {
  const facts = (over: Partial<Facts> = {}): Facts => ({
    labels: Array.from({ length: 80 }, (_, i) => i % 2),
    classes: ['a', 'b'],
    backwards: at(0),
    ...over,
  });

  it('refuses too few instances and one class in one sentence', () => {
    const of = (labels: number[]) => () => mustSuffice({ labels, classes: ['a', 'b'] }, 'x.csv');
    assert.throws(
      of(Array(30).fill(1)),
      refusal('one-class', /^Every instance of x\.csv is of class "b": [^.]*\.$/),
    );
    assert.throws(
      of(Array.from({ length: 12 }, (_, i) => i % 2)),
      refusal('too-few-instances', /12 instances, 6 of class/),
    );
    assert.throws(
      of([...Array(40).fill(0), 1, 1]),
      refusal('too-few-instances', /42 instances, 2 of class "b"/),
    );
    assert.doesNotThrow(of(Array.from({ length: 20 }, (_, i) => i % 2)));
  });

  it('says what stands against an arm, and tries it all the same where it is asked for and can be', () => {
    const turned = facts({ backwards: at(0.3) });
    assert.match(whyNot('random-length', turned, false)!, /Read backwards, 30 %/);
    assert.equal(whyNot('random-length', turned, true), undefined);
    assert.equal(whyNot('fine-tune', turned, false), undefined);
    const few = facts({ labels: Array.from({ length: 40 }, (_, i) => i % 2) });
    assert.match(whyNot('fine-tune', few, true)!, /40 instances.*at least 60/);
    assert.equal(whyNot('head', few, false), undefined);
    const bare = facts({ unmaskable: 'Flatten "f" mixes steps.', noLinear: 'No last layer.' });
    assert.match(whyNot('masked', bare, true)!, /cannot be masked: Flatten/);
    assert.match(whyNot('head-random-length', bare, true)!, /No last layer/);
    assert.equal(whyNot('random-length', bare, false), undefined);
  });

  it('knows the padding where it has one value, and which end tells it rightly', () => {
    const shape = { features: 1, steps: 6 };
    const one = (values: number[], mask: number[]) => ({
      x: Float32Array.from(values),
      mask: Uint8Array.from(mask),
    });
    const clean = [one([1, 2, 3, 0, 0, 0], [1, 1, 1, 0, 0, 0]), one([4, 5, 6, 7, 8, 9], [1, 1, 1, 1, 1, 1])];
    assert.deepEqual(paddingLook(clean, shape), { side: 'both', value: [0], wrong: 0 });
    const startsWithZero = [...clean, one([0, 2, 3, 4, 0, 0], [1, 1, 1, 1, 0, 0])];
    assert.deepEqual(paddingLook(startsWithZero, shape), { side: 'end', value: [0], wrong: 0 });
    const endsWithZero = [...clean, one([1, 2, 3, 4, 0, 0], [1, 1, 1, 1, 1, 0])];
    assert.match(paddingLook(endsWithZero, shape) as string, /wrong for 33 % of the series/);
    const ramp = [one([1, 2, 3, 0, 1, 0], [1, 1, 1, 0, 0, 0])];
    assert.match(paddingLook(ramp, shape) as string, /one value per feature/);
  });
});
