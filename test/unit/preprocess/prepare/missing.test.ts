import assert from 'node:assert/strict';
import { codes, run } from './run.ts';

describe('prepare: missing values', () => {
  it('NaN outside the mask becomes padding', () => {
    const prepared = run([[1, 2, Number.NaN]], 3, {}, { mask: Uint8Array.of(1, 1, 0) });
    assert.deepEqual([...prepared.x], [1, 2, 0]);
  });

  it('NaN kept on purpose is said', () => {
    const prepared = run([[1, Number.NaN, 3]], 3);
    assert.ok(Number.isNaN(prepared.x[1]));
    assert.ok(codes(prepared).includes('missing-values-kept'));
  });
});
