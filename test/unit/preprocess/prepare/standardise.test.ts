import assert from 'node:assert/strict';
import { codes, given, pad, run } from './run.ts';

describe('prepare: standardising', () => {
  it('standardises, then pads; the way back is kept', () => {
    const prepared = run(
      [
        [1, 2, 3],
        [10, 20, 30],
      ],
      5,
      { steps: [given([2, 20], [2, 10]), pad] },
    );
    assert.deepEqual([...prepared.x], [-0.5, 0, 0.5, 0, 0, -1, 0, 1, 0, 0]);
    assert.deepEqual([...prepared.source], [0, 1, 2, -1, -1]);
    assert.deepEqual([...prepared.mask], [1, 1, 1, 0, 0]);
    assert.equal(prepared.length, 3);
    assert.equal(prepared.origin, 'auto: 2 steps added at the end');
    assert.deepEqual(prepared.findings, []);
  });

  it('computes in float64 and rounds once', () => {
    const prepared = run([[16777217.5]], 1, { steps: [given([16777217], [1])], mask: { kind: 'none' } });
    assert.equal(prepared.x[0], 0.5);
  });

  it('per instance: population deviation over the real steps', () => {
    const prepared = run(
      [[1, 3, 100, 100]],
      4,
      { steps: [{ kind: 'standardize', by: 'instance' }, pad] },
      { mask: Uint8Array.of(1, 1, 0, 0) },
    );
    assert.deepEqual([...prepared.x], [-1, 1, 0, 0]);
    assert.deepEqual([...prepared.source], [0, 1, -1, -1]);
  });

  it('a feature that never changes is centred, not divided by 0', () => {
    for (const steps of [[given([5], [0])], [{ kind: 'standardize', by: 'instance' } as const]]) {
      const prepared = run([[5, 5, 5]], 3, { steps });
      assert.deepEqual([...prepared.x], [0, 0, 0]);
      assert.ok(codes(prepared).includes('constant-feature'));
    }
    // 0.1 + 0.1 + 0.1 is not 0.3: a mean off by one bit would make a tiny deviation and a huge quotient.
    assert.deepEqual(
      [...run([[0.1, 0.1, 0.1]], 3, { steps: [{ kind: 'standardize', by: 'instance' }] }).x],
      [0, 0, 0],
    );
  });

  it('without a pad step it stays, and that it is standardised is said', () => {
    const prepared = run([[4, 6, 0]], 3, { steps: [given([2], [2])] }, { mask: Uint8Array.of(1, 1, 0) });
    assert.deepEqual([...prepared.x], [1, 2, -1]);
    assert.ok(codes(prepared).includes('padded-before-standardise'));
    const wrongOrder = run([[4, 6]], 3, { steps: [pad, given([2], [2])] });
    assert.deepEqual([...wrongOrder.x], [1, 2, -1]);
    assert.ok(codes(wrongOrder).includes('padded-before-standardise'));
  });

  it('with a pad step steps between real ones that are padding stay, which is said, unless they are missing', () => {
    const steps = [given([2], [2]), { ...pad, value: 7 }];
    const gap = (value: number) => run([[4, value, 6, 0]], 5, { steps }, { mask: Uint8Array.of(1, 0, 1, 0) });
    const kept = gap(0);
    assert.deepEqual([...kept.x], [1, -1, 2, 7, 7]);
    const { sentence } = kept.findings.find(({ code }) => code === 'padded-before-standardise')!;
    assert.match(sentence, /^Steps between real ones .*; leave them missing/);
    const missing = gap(Number.NaN);
    assert.deepEqual([...missing.x], [1, 7, 2, 7, 7]);
    assert.ok(!codes(missing).includes('padded-before-standardise'));
    assert.deepEqual([...missing.mask], [1, 0, 1, 0, 0]);
  });
});
