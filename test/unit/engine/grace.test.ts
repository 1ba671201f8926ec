import assert from 'node:assert/strict';
import { graceAfter } from '../../../src/engine/grace.ts';

describe('A cancelled run', () => {
  it('may go on for a share of what its child has cost: a new one would read the file again', () => {
    assert.deepEqual([0, 900, 14_000, 60_000].map(graceAfter), [150, 150, 1750, 3000]);
  });
});
