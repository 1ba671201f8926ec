import assert from 'node:assert/strict';
import { STUDY_FORMS } from '../../../src/cli/study/studyOutput.ts';

describe('the CSV of a study', () => {
  it('counts what was left out of the test and of the crossed file', () => {
    const rate = { value: 1, interval: [0, 1], n: 1 } as const;
    const text = STUDY_FORMS['.csv']!([
      {
        ...{ data: 'a.csv', set: 'a', model: 'fcn', padding: 'end', masked: false, seed: 1, epochs: 1 },
        ...{ sha256: '', accuracy: rate, lengthCrossed: rate, byLength: null, lengthEvidence: null },
        ...{ layout: null, look: null, seconds: 1, leftOut: { test: 2, crossed: 3 } },
      },
    ]);
    const [head, first] = text.split('\n');
    const column = (name: string) => first!.split(',')[head!.split(',').indexOf(name)];
    assert.deepEqual([column('left_out'), column('left_out_crossed')], ['2', '3']);
  });
});
