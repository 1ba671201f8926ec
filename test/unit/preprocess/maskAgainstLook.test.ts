import assert from 'node:assert/strict';
import { maskAgainstLook } from '../../../src/preprocess/maskAgainstLook.ts';

describe('A mask of the file beside the padding that is seen', () => {
  const said = (row: readonly number[], mask: string) =>
    maskAgainstLook(
      { values: Float64Array.from(row), features: 1, steps: row.length },
      Array.from(mask, Number),
      'array mask in the file',
      'Instance 4',
    ).map(({ severity, sentence }) => `${severity}: ${sentence}`);
  const padded = [3, 1, 2, 5, 0, 0, 0, 0];

  it('that says the same says nothing, nor where a step or two differ, nor where nothing looks like padding', () => {
    for (const mask of ['11110000', '11111000', '11111100']) assert.deepEqual(said(padded, mask), []);
    assert.deepEqual(said([3, 1, 2, 5, 4, 6, 9, 2], '11100000'), []);
  });

  it('that is 1 throughout is warned of with both counts', () => {
    assert.deepEqual(said(padded, '11111111'), [
      'warning: Instance 4: by the mask (array mask in the file) 8 of 8 steps are real, but the last 4 steps in the file repeat one value in every feature, as padding does: without them 4 would be; check the mask, or choose the mask "trailing" if they are padding.',
    ]);
    assert.match(
      said(padded.toReversed(), '11111111')[0]!,
      /but the first 4 steps .* without them 4 would be/,
    );
  });

  it('that marks some of it is noted, as such a value may be measured', () => {
    assert.match(said([...padded, 0, 0], '1111111100')[0]!, /^info: .* 8 of 10 .* without them 4 would be/);
  });

  it('that hides what is no such run is warned of', () => {
    const row = [3, 1, 2, 5, 4, 7, 0, 0, 0];
    assert.match(
      said(row, '110000000')[0]!,
      /^warning: .* 2 of 9 steps are real, but only the last 3 steps .* with the 4 the mask hides before them 6 would be/,
    );
  });
});
