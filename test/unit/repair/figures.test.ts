import assert from 'node:assert/strict';
import { pairedChange } from '../../../src/padding/boundedMean.ts';
import { mean } from '../../../src/padding/estimate.ts';
import { createRandom } from '../../../src/random.ts';
import { foldsOf } from '../../../src/repair/folds.ts';
import { mcnemar } from '../../../src/repair/mcnemar.ts';
import { cellWeights, parts, selectionOptimism } from '../../../src/repair/score.ts';
import { backwards, crossedViews } from '../../../src/repair/views.ts';

const close = (a: number, b: number, by = 1e-9) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);

describe('figures of a repair', () => {
  it('McNemar’s exact p is that of the binomial test', () => {
    const answers = (gained: number, lost: number) => {
      const before = [...Array(gained).fill(0), ...Array(lost).fill(1), 1, 1, 0];
      const after = [...Array(gained).fill(1), ...Array(lost).fill(0), 1, 1, 0];
      return mcnemar(before, after);
    };
    // scipy.stats.binomtest(k, n, .5).pvalue
    for (const [gained, lost, p] of [
      [1, 8, 0.0390625],
      [11, 11, 1],
      [0, 6, 0.03125],
      [30, 12, 0.0079158973],
    ] as const) {
      const found = answers(gained, lost);
      assert.deepEqual([found.gained, found.lost], [gained, lost]);
      close(found.p, p, 1e-8);
    }
    assert.equal(answers(0, 0).p, 1);
    close(answers(560, 520).p, 0.2353, 2e-3);
  });

  it('cells part below the greatest length where most series have it', () => {
    const labels = [0, 0, 0, 1, 1, 1, 1, 1];
    const lengths = [3, 9, 9, 9, 9, 9, 9, 4];
    const weights = cellWeights({ labels, lengths });
    // Four cells, of 1, 2, 4 and 1 series.
    for (const [i, weight] of [1 / 4, 1 / 8, 1 / 8, 1 / 16, 1 / 16, 1 / 16, 1 / 16, 1 / 4].entries())
      close(weights[i]!, weight);
  });

  it('cells count alike, however few series lie in one', () => {
    // Class 0 is short but for one, class 1 is long but for one.
    const labels = [0, 0, 0, 0, 1, 1, 1, 1];
    const lengths = [1, 2, 3, 9, 8, 7, 9, 1];
    const weights = cellWeights({ labels, lengths });
    close(
      weights.reduce((a, b) => a + b),
      1,
    );
    const shortcut = Uint8Array.from(labels, (label, i) => (label === (lengths[i]! > 3 ? 1 : 0) ? 1 : 0));
    const crossed = new Float64Array(8);
    close(mean(parts({ correct: shortcut, crossed }, weights)), 0.5);
    const perfect = new Uint8Array(8).fill(1);
    const gain = pairedChange(
      parts({ correct: shortcut, crossed }, weights),
      parts({ correct: perfect, crossed }, weights),
    );
    close(gain.value, 0.5);
  });

  it('the best of many equal ones is flattered, one alone is not', () => {
    const random = createRandom(3);
    const coins = () => Float64Array.from({ length: 60 }, () => random.integer(2));
    const many = Array.from({ length: 8 }, coins);
    const optimism = selectionOptimism(many, createRandom(1));
    const best = Math.max(...many.map((one) => one.reduce((a, b) => a + b) / 60));
    assert.ok(optimism > 0.05 && optimism < 2 * (best - 0.5) + 0.05, `${optimism} of ${best}`);
    assert.equal(selectionOptimism(many.slice(0, 1), createRandom(1)), 0);
    const clear = selectionOptimism([new Float64Array(60).fill(1), coins()], createRandom(1));
    assert.equal(clear, 0);
  });

  it('every fold has its share of every class, and nobody is left out', () => {
    const labels = Array.from({ length: 53 }, (_, i) => (i % 7 === 0 ? 1 : 0));
    const folds = foldsOf(
      labels,
      labels.map((_, i) => i),
      5,
      createRandom(1),
    );
    for (let fold = 0; fold < 5; fold++) {
      const mine = labels.filter((_, i) => folds[i] === fold);
      assert.ok(mine.length >= 10 && mine.length <= 11);
      assert.ok(mine.filter((label) => label === 1).length >= 1);
    }
  });

  it('views have the content of their series at lengths that say nothing about the class', () => {
    const steps = 12;
    const series = Array.from({ length: 40 }, (_, i) => {
      const label = i % 2;
      const length = label === 0 ? 3 + (i % 4) : 8 + (i % 4);
      const x = new Float32Array(steps).fill(-7);
      x.fill(i + 1, 0, length);
      return { x, mask: new Uint8Array(steps).fill(1, 0, length), label };
    });
    const views = crossedViews(series, { features: 1, steps }, createRandom(1), [-7]);
    assert.equal(views.length, 120);
    const long = [0, 0];
    for (const { x, mask, content } of views) {
      const length = mask.reduce((a, b) => a + b, 0);
      if (length > 6) long[content % 2]!++;
      mask.forEach((real, t) => {
        assert.equal(x[t], real ? content + 1 : -7);
      });
    }
    // Of 60 views per class about half are long.
    assert.ok(
      long.every((count) => count > 18 && count < 42),
      String(long),
    );
  });

  it('backwards turns the real steps and leaves the padding', () => {
    const one = { x: Float32Array.of(0, 1, 2, 3, 0, 4, 5, 6), mask: Uint8Array.of(0, 1, 1, 1), label: 0 };
    assert.deepEqual([...backwards(one, { features: 2, steps: 4 })], [0, 3, 2, 1, 0, 6, 5, 4]);
  });
});
