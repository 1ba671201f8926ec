import assert from 'node:assert/strict';
import { lengthEvidence } from '../../../src/padding/lengthEvidence.ts';
import { marginOf } from '../../../src/padding/marginOf.ts';
import { createRandom } from '../../../src/random.ts';
import { askRule, level } from './fakeClassifier.ts';

const DRAWS = 800;

/** [n] labels of so many instances of each class. */
const labelsOf = (counts: readonly number[]) => counts.flatMap((n, cls) => Array<number>(n).fill(cls));

describe('hardly better than chance', () => {
  for (const [said, counts] of [
    ['few', [5, 5]],
    ['two classes', [30, 30]],
    ['a rare class', [3, 30]],
    ['many classes', [5, 5, 5, 5, 5, 50, 50, 50, 50]],
    ['one of each', Array<number>(20).fill(1)],
  ] as const) {
    it(`is what answers by chance are, but for one in 40: ${said}`, () => {
      const [labels, classes] = [labelsOf(counts), counts.length];
      const random = createRandom(3);
      const guesses = [
        () => random.integer(classes),
        () => labels[random.integer(labels.length)]!,
        // Half of the answers are the first class.
        () => (random.integer(2) === 0 ? 0 : random.integer(classes)),
      ];
      for (const guess of guesses) {
        let better = 0;
        for (let draw = 0; draw < DRAWS; draw++) {
          if (
            !marginOf(
              labels.map((label) => Number(guess() === label)),
              labels,
            ).hardly
          )
            better++;
        }
        // 99.9 % of such draws lie below it where the rate is .025.
        assert.ok(better / DRAWS < 0.042, `${better / DRAWS}`);
      }
    });
  }

  it('is no model that is right in 9 of 10', () => {
    for (const counts of [
      [10, 10],
      [5, 50],
      [20, 20, 20],
    ]) {
      const labels = labelsOf(counts);
      assert.equal(
        marginOf(
          labels.map((_, i) => Number(i % 10 > 0)),
          labels,
        ).hardly,
        false,
      );
    }
  });

  it('has no length evidence, as the audit asks the same rule', async () => {
    const labels = labelsOf([3, 30]);
    const cases = labels.map((label, i) => level(i, 1, 4 + (i % 3), 8, label));
    // Recalls 1 of three and .5: a margin of .25, of which variances from the answers make .07 to .43.
    const predicted = Int32Array.from(labels, (label, i) => (label === 0 || i % 2 ? label : 0));
    const ask = askRule(() => 0);
    const shape = { features: 1, steps: 8 };
    const { evidence } = await lengthEvidence(cases, predicted, 2, shape, ask, createRandom(1));
    assert.match(
      'unavailable' in evidence ? evidence.unavailable : '',
      /^The model is hardly better than chance on these labels \(balanced accuracy 0\.75 /,
    );
  });
});
