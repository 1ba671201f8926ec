import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { balancedEstimate } from '../../../src/padding/balancedEstimate.ts';
import { lengthOnlyBaseline, outOfFold } from '../../../src/padding/lengthOnlyBaseline.ts';
import { growTree } from '../../../src/padding/lengthTree.ts';
import { createRandom } from '../../../src/random.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

describe('length-only baseline', () => {
  it('grows the tree of least impurity', () => {
    const classify = growTree([10, 20, 30, 40], [0, 0, 1, 1]);
    assert.deepEqual([5, 24, 26, 99].map(classify), [0, 0, 1, 1]);
    const striped = growTree([1, 2, 3, 4, 5, 6, 7, 8], [0, 0, 1, 1, 0, 0, 1, 1]);
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 8].map(striped), [0, 0, 1, 1, 0, 0, 1, 1]);
    assert.equal(growTree([5, 5, 5], [0, 1, 1])(5), 1);
  });

  it('finds nothing where there is nothing, and everything where length is the class', () => {
    const random = createRandom(1);
    const lengths = Array.from({ length: 60 }, () => 20 + random.integer(100));
    const blind = lengthOnlyBaseline(
      lengths,
      lengths.map((_, i) => i % 2),
      random,
    );
    const leaking = lengthOnlyBaseline(
      lengths,
      lengths.map((length) => (length < 70 ? 0 : 1)),
      random,
    );
    assert.ok(!('unavailable' in blind) && !('unavailable' in leaking));
    assert.ok(blind.p > 0.05 && blind.tree.value < 0.65, JSON.stringify(blind));
    // Chance is within what the one may be, and far below what the other may be.
    assert.ok(blind.tree.interval[0] < 0.5 && leaking.tree.interval[0] > 0.85, JSON.stringify(leaking));
    assert.ok(leaking.p <= 0.005 && leaking.tree.value > 0.95, JSON.stringify(leaking));
  });

  it('says what is missing', () => {
    assert.match(JSON.stringify(lengthOnlyBaseline([1, 2, 3], [0, 0, 0], createRandom(1))), /two classes/);
    assert.match(JSON.stringify(lengthOnlyBaseline([1, 2, 3], [0, 1, 0], createRandom(1))), /at least 10/);
  });
});

interface Reference {
  readonly length_only_baseline: {
    readonly shipped: { readonly decision_tree_depth3: number; readonly fold_of_instance: readonly number[] };
  };
}

describe('length-only baseline against scikit-learn, same folds', () => {
  const reference = () =>
    JSON.parse(readFileSync(referenceFile('audit_reference.json'), 'utf8')) as Record<string, Reference>;

  for (const [model, set] of [
    ['xcm_content_w26', 'content'],
    ['xcm_length_w26', 'length'],
    ['xcm_mixed_w26', 'mixed'],
  ] as const) {
    it(model, () => {
      const truth = JSON.parse(readFileSync(referenceFile('padded30/ground_truth.json'), 'utf8')) as Record<
        string,
        { L: number[]; y: number[] }
      >;
      const { L, y } = truth[set]!;
      const { shipped } = reference()[model]!.length_only_baseline;
      const right = outOfFold(L, y, Int32Array.from(shipped.fold_of_instance));
      const found = balancedEstimate(right, y).value;
      assert.ok(
        Math.abs(found - shipped.decision_tree_depth3) < 1e-9,
        `${found} ${shipped.decision_tree_depth3}`,
      );
    });
  }
});
