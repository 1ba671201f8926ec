import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  averagePrecision,
  pointing,
  precisionRecallAreas,
  rankedCells,
} from '../../../src/evaluation/saliencyScores.ts';
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
const of = (scores: number[], truth: number[]) =>
  rankedCells(Float64Array.from(scores), Uint8Array.from(truth));

describe('scores against the truth', () => {
  for (const [i, one] of references.entries()) {
    it(`are scikit-learn's (map ${i}, ${one.truth.length} cells)`, () => {
      const areas = precisionRecallAreas(of([...one.scores], [...one.truth]));
      close(areas!.aup, one.aup);
      close(areas!.aur, one.aur);
      close(averagePrecision(of([...one.tied], [...one.truth])), one.averagePrecision);
    });

    it(`rank correlation with ties is SciPy's (map ${i})`, () => {
      close(spearman(one.tied, one.other), one.spearman);
    });
  }

  it('AUP and AUR on paper: ten cells, the two best ones salient', () => {
    // Saliency 1, .8, .6 and seven zeros. Top 10 %: named 1, right 1; 20 %: 1.8 of 1.8; from 30 %: 1.8 of 2.4.
    const areas = precisionRecallAreas(
      of([1, 0.8, 0.6, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
    )!;
    close(areas.aup, (1 + (1 + 0.75) / 2 + 6 * 0.75) / 8);
    close(areas.aur, ((1 / 1.8 + 1) / 2 + 7) / 8);
  });

  it('AUP on paper with a tie at the border: both are named in equal parts', () => {
    // Top 10 % is one of two cells of saliency 1, of which one is salient: precision 1/2; recall .5 of 1.
    const areas = precisionRecallAreas(of([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]))!;
    close(areas.aup, 0.5);
    close(areas.aur, ((0.5 + 1) / 2 + 7) / 8);
    const turned = precisionRecallAreas(of([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]))!;
    assert.deepEqual(turned, areas, 'where a tied cell stands says nothing');
  });

  it('a flat map ranks nothing', () => {
    assert.equal(precisionRecallAreas(of([2, 2, 2], [1, 0, 0])), null);
    close(averagePrecision(of([2, 2, 2, 2], [1, 0, 0, 0])), 0.25);
    close(pointing(of([2, 2, 2, 2], [1, 0, 0, 0])), 0.25);
    assert.ok(Number.isNaN(spearman([1, 1, 1], [1, 2, 3])));
  });

  it('pointing: the highest cell, a tie shared', () => {
    assert.equal(pointing(of([-1, 5, 3], [0, 1, 0])), 1);
    assert.equal(pointing(of([-1, 5, 3], [1, 0, 1])), 0);
    close(pointing(of([5, 5, 5, 1], [1, 0, 0, 1])), 1 / 3);
  });

  it('ranks: equal values share the mean of their ranks', () => {
    assert.deepEqual([...ranks([10, 20, 10, 5])], [2.5, 4, 2.5, 1]);
  });
});
