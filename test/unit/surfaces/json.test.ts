import assert from 'node:assert/strict';
import { jsonText } from '../../../src/surfaces/json.ts';
import { refusal } from '../refusal.ts';

describe('JSON', () => {
  it('that is longer than any text is refused in a sentence; other faults stay what they are', () => {
    const tooLong = { toJSON: () => 'x'.repeat(2 ** 30) };
    assert.throws(() => jsonText(tooLong), refusal('answer-too-long', /longer than 512 MB .*--format/));
    assert.throws(() => jsonText({ toJSON: () => new Array(-1) }), /^RangeError: Invalid array length/);
  });
});
