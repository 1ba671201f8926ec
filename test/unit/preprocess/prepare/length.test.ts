import assert from 'node:assert/strict';
import type { Instance } from '../../../../src/data/dataset.ts';
import { codes, given, pad, run } from './run.ts';

describe('prepare: padding, cutting and resampling', () => {
  it('pads at the front, with a value', () => {
    const prepared = run([[1, 2]], 4, { steps: [{ ...pad, value: -9, side: 'front' }] });
    assert.deepEqual([...prepared.x], [-9, -9, 1, 2]);
    assert.deepEqual([...prepared.source], [-1, -1, 0, 1]);
    assert.equal(prepared.origin, 'auto: 2 steps added at the front');
  });

  it('pads with the outermost real value of each feature', () => {
    const rows = [
      [1, 2],
      [5, 6],
    ];
    const edge = (side: 'end' | 'front') => [...run(rows, 4, { steps: [{ ...pad, value: 'edge', side }] }).x];
    assert.deepEqual(edge('end'), [1, 2, 2, 2, 5, 6, 6, 6]);
    assert.deepEqual(edge('front'), [1, 1, 1, 2, 5, 5, 5, 6]);
  });

  it('stretches and squeezes, linear between neighbours; padding of the file is taken off before', () => {
    const resampled = (rows: number[][], to: number, more: Partial<Instance> = {}) =>
      run(rows, to, { steps: [{ kind: 'resample', to: null }] }, more);
    const longer = resampled([[0, 10, 40]], 5);
    assert.deepEqual([...longer.x], [0, 5, 10, 25, 40]);
    assert.equal(longer.length, 5);
    assert.deepEqual([...longer.source], [0, 1, 1, 2, 2]);
    assert.deepEqual([...resampled([[0, 10, 40, 50, 60]], 3).x], [0, 40, 60]);
    assert.deepEqual([...resampled([[7]], 3).x], [7, 7, 7]);
    assert.deepEqual([...resampled([[1, 3, 0, 0]], 3, { mask: Uint8Array.of(1, 1, 0, 0) }).x], [1, 2, 3]);
    assert.deepEqual([...resampled([[1, 3, 0, 0, 0, 0]], 3).x], [1, 2, 3]);
  });

  it('padding marked in the file is taken off before and put on after', () => {
    const prepared = run(
      [[0, 4, 6, 0]],
      4,
      { steps: [given([2], [2]), pad] },
      { mask: Uint8Array.of(0, 1, 1, 0) },
    );
    assert.deepEqual([...prepared.x], [1, 2, 0, 0]);
    assert.deepEqual([...prepared.source], [1, 2, -1, -1]);
    assert.deepEqual([...prepared.mask], [1, 1, 0, 0]);
  });

  it('without a pad step zeros are added, and said; raw units are said', () => {
    const prepared = run([[1000, 1001]], 3);
    assert.deepEqual([...prepared.x], [1000, 1001, 0]);
    assert.deepEqual(codes(prepared), ['not-standardised', 'padded-by-default']);
    assert.match(prepared.findings[0]!.sentence, /f0: mean 1000, deviation 0\.5/);
  });

  it('cuts on request, at the end that padding would not be put on', () => {
    const start = run([[1, 2, 3, 4]], 2, { truncate: true });
    assert.deepEqual([...start.x], [1, 2]);
    assert.ok(codes(start).includes('truncated'));
    const end = run([[1, 2, 3, 4]], 2, { steps: [{ ...pad, side: 'front' }], truncate: true });
    assert.deepEqual([...end.x], [3, 4]);
    assert.deepEqual([...end.source], [2, 3]);
    const step = run([[1, 2, 3, 4]], 3, { steps: [{ kind: 'truncate', to: 2, keep: 'end' }, pad] });
    assert.deepEqual([...step.x], [3, 4, 0]);
  });
});
