import assert from 'node:assert/strict';
import { tally } from '../../suites/testReport.ts';

describe('The report of a suite', () => {
  it('names a failed test with its first line and what it waited for', () => {
    const error =
      'locator.waitFor: Timeout\nCall log:\n\u001b[2m  - waiting for locator(#x)\u001b[22m\n\n at y';
    const { failures } = tally({ tests: [{ title: 'a list', outcome: 'failed', error }], ended: true });
    assert.deepEqual(failures, ['a list: locator.waitFor: Timeout waiting for locator(#x)']);
  });
});
