import assert from 'node:assert/strict';
import { accuracyByLength } from '../../../src/cli/study/byLength.ts';
import type { AuditedInstance } from '../../../src/padding/audit.ts';

describe('command line: accuracy by length in a study', () => {
  it('counts each class the same in its short and its long half', () => {
    const one = (label: number, length: number, predicted: number): AuditedInstance => ({
      ...{ id: '', index: 0, length, label, predicted, probability: 1, paddingShare: 0, flips: [] },
    });
    // Long ones are all of class 1: answering by length alone is right for 5 of 6, but in 2 of 3 cells only.
    const found = accuracyByLength([
      ...[one(0, 5, 0), one(0, 6, 0), one(1, 5, 0)],
      ...[one(1, 10, 1), one(1, 11, 1), one(1, 12, 1)],
    ]);
    assert.equal(found!.toFixed(4), (2 / 3).toFixed(4));
    assert.equal(accuracyByLength([one(0, 5, 0), one(1, 5, 0)]), null, 'one length has no halves');
    // Most have the shortest length: by length alone 3 of 4 are right, in 2 of 3 cells.
    const mostShort = [one(0, 5, 0), one(0, 5, 0), one(1, 5, 0), one(1, 9, 1)];
    assert.equal(accuracyByLength(mostShort)!.toFixed(4), (2 / 3).toFixed(4));
  });
});
