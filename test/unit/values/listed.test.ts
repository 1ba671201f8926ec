import assert from 'node:assert/strict';
import { listed } from '../../../src/format.ts';

describe('A list of names in a sentence', () => {
  it('says how many more there are, and leaves room for the rest of the sentence', () => {
    assert.equal(listed(['a', 'b']), 'a, b');
    assert.equal(listed(['a', 'b', 'c'], 2), 'a, b and 1 more');
    // A CSV whose delimiter was said wrong has its rows for names.
    const rows = Array.from({ length: 40 }, (_, i) => `case${i},${'1.25,'.repeat(12)}`);
    assert.match(listed(rows, 40), /^case0,.+ and 29 more$/);
    assert.ok(listed(rows, 40).length < 820);
    assert.match(listed(['x'.repeat(5000), 'y']), /^x{199}…, y$/);
  });
});
