import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { averagePrecision, pointing, precisionRecallAreas } from '../../../src/evaluation/saliencyScores.ts';
import { ranks, spearman } from '../../../src/evaluation/spearman.ts';

interface Reference {
  readonly truth: number[];
  readonly scores: number[];
  readonly aup: number;
  readonly aur: number;
  readonly tied: number[];
  readonly averagePrecision: number;
  readonly other: number[];
  readonly spearman: number;
}

const references: readonly Reference[] = JSON.parse(
  readFileSync(new URL('../../fixtures/evaluation/reference.json', import.meta.url), 'utf8'),
);
const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);
const scores = (...values: number[]) => Float64Array.from(values);
const truth = (...values: number[]) => Uint8Array.from(values);

describe('scores against the truth', () => {
  for (const [i, one] of references.entries()) {
    it(`are scikit-learn's (map ${i}, ${one.truth.length} cells)`, () => {
      const areas = precisionRecallAreas(scores(...one.scores), truth(...one.truth));
      close(areas!.aup, one.aup);
      close(areas!.aur, one.aur);
      close(averagePrecision(scores(...one.tied), truth(...one.truth)), one.averagePrecision);
    });

    it(`rank correlation with ties is SciPy's (map ${i})`, () => {
      close(spearman(one.tied, one.other), one.spearman);
    });
  }

  it('AUP and AUR on paper: ten cells, the two best ones salient', () => {
    // Saliency 1, .8, .6 and seven zeros. Top 10 %: named 1, right 1; 20 %: 1.8 of 1.8; from 30 %: 1.8 of 2.4.
    const areas = precisionRecallAreas(
      scores(1, 0.8, 0.6, 0, 0, 0, 0, 0, 0, 0),
      truth(1, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    )!;
    close(areas.aup, (1 + (1 + 0.75) / 2 + 6 * 0.75) / 8);
    close(areas.aur, ((1 / 1.8 + 1) / 2 + 7) / 8);
  });

  it('AUP on paper with a tie at the border: both are named in equal parts', () => {
    // Top 10 % is one of two cells of saliency 1, of which one is salient: precision 1/2; recall .5 of 1.
    const areas = precisionRecallAreas(
      scores(1, 1, 0, 0, 0, 0, 0, 0, 0, 0),
      truth(1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    )!;
    close(areas.aup, 0.5);
    close(areas.aur, ((0.5 + 1) / 2 + 7) / 8);
    const turned = precisionRecallAreas(
      scores(1, 1, 0, 0, 0, 0, 0, 0, 0, 0),
      truth(0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    )!;
    assert.deepEqual(turned, areas, 'where a tied cell stands says nothing');
  });

  it('a flat map ranks nothing', () => {
    assert.equal(precisionRecallAreas(scores(2, 2, 2), truth(1, 0, 0)), null);
    close(averagePrecision(scores(2, 2, 2, 2), truth(1, 0, 0, 0)), 0.25);
    close(pointing(scores(2, 2, 2, 2), truth(1, 0, 0, 0)), 0.25);
    assert.ok(Number.isNaN(spearman([1, 1, 1], [1, 2, 3])));
  });

  it('pointing: the highest cell, a tie shared', () => {
    assert.equal(pointing(scores(-1, 5, 3), truth(0, 1, 0)), 1);
    assert.equal(pointing(scores(-1, 5, 3), truth(1, 0, 1)), 0);
    close(pointing(scores(5, 5, 5, 1), truth(1, 0, 0, 1)), 1 / 3);
  });

  it('ranks: equal values share the mean of their ranks', () => {
    assert.deepEqual([...ranks([10, 20, 10, 5])], [2.5, 4, 2.5, 1]);
  });
});
