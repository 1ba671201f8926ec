import assert from 'node:assert/strict';
import type { DataOptions } from '../../../../src/data/dataOptions.ts';
import { int64 } from '../../../../src/graph/tensor.ts';
import { readBytes, refusalOf } from '../reading.ts';
import { type Arrays, count, float64, input, read } from './arrays.ts';

describe('npz and npy: what is refused', () => {
  const x = float64([2, 1, 3], count(6));
  const bad: readonly (readonly [string, Arrays, string, RegExp, DataOptions?])[] = [
    [
      'no x',
      { a: x, b: x },
      'ask-no-x',
      /^data\.npz has no array "x" \[N, F, T\] with the series; it holds a, b\. Say .*--set data\.array=a\) if a holds/,
    ],
    ['text as x', { x: ['a', 'b'] }, 'npy-dtype', /^data\.npz: array "x" holds text/],
    ['nothing', { x: float64([0, 2, 3], []) }, 'array-shape', /array "x" of shape \(0, 2, 3\) holds nothing/],
    ['a scalar', { x: float64([], [1]) }, 'array-shape', /of shape \(\) holds nothing/],
    [
      'four axes',
      { x: float64([1, 2, 1, 2], count(4)) },
      'array-shape',
      /has shape \(1, 2, 1, 2\); \[N, F, T\] is expected/,
    ],
    [
      'two axes that do not fit the model',
      { x: float64([3, 4], count(12)) },
      'array-shape',
      /\(3, 4\); \[N, F, T\] with F = 2/,
      input('NFT', 2, 9),
    ],
    [
      'too few lengths',
      { x, lengths: int64([1], [2]) },
      'array-shape',
      /array "lengths" has shape \(1\), \(2\) is expected/,
    ],
    [
      'a length of 0',
      { x, lengths: int64([2], [2, 0]) },
      'bad-length',
      /^data\.npz: lengths\[1\] is 0; a length is a whole number from 1 to 3\.$/,
    ],
    ['a length beyond T', { x, lengths: int64([2], [2, 4]) }, 'bad-length', /lengths\[1\] is 4/],
    [
      'a mask of 2',
      { x, mask: int64([2, 3], [1, 1, 1, 1, 2, 1]) },
      'bad-mask',
      /^data\.npz: mask\[1, 1\] is 2; /,
    ],
    [
      'a mask of zeros',
      { x, mask: int64([2, 3], [1, 1, 1, 0, 0, 0]) },
      'bad-mask',
      /^data\.npz: mask\[1\] has no real step\.$/,
    ],
    [
      'mask and lengths that disagree',
      { x, mask: int64([2, 3], [1, 1, 0, 1, 1, 1]), lengths: int64([2], [3, 3]) },
      'mask-lengths',
      /disagree on instance 0 \(2 against 3 real steps\)/,
    ],
    [
      'ids that are not distinct',
      { x, instance_ids: ['a', 'a'] },
      'duplicate-case',
      /instance_ids\[0\] and \[1\] are both "a"/,
    ],
    [
      'another count of features',
      { x },
      'feature-count',
      /has 1 feature without names, but attribution\.json lists 2\.$/,
      { features: ['a', 'b'] },
    ],
    [
      'a mask array that is not there',
      { x },
      'unknown-array',
      /^data\.npz has no array "real"; it holds x\.$/,
      { maskColumn: 'real' },
    ],
    [
      'infinity',
      { x: float64([1, 1, 2], [1, Number.POSITIVE_INFINITY]), lengths: int64([1], [2]) },
      'missing-value',
      /\(instance 0, feature f0, step 1, counted from 0\); put a number there/,
    ],
  ];
  for (const [what, arrays, code, sentence, options] of bad) {
    it(`refuses ${what}`, async () => {
      const refusal = await refusalOf(read(arrays, options));
      assert.match(refusal.message, sentence);
      assert.equal(refusal.code, code);
    });
  }

  it('refuses files that are neither', async () => {
    const refusal = await refusalOf(readBytes(new TextEncoder().encode('hello'), {}, 'data.npz'));
    assert.match(refusal.message, /^data\.npz is neither a \.npz archive nor a \.npy array/);
  });
});
