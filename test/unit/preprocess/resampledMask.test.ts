import assert from 'node:assert/strict';
import type { Instance } from '../../../src/data/dataset.ts';
import { parseMaskChoice } from '../../../src/preprocess/maskChoice.ts';
import type { ReadyStep } from '../../../src/preprocess/step.ts';
import { codes, run as prepared } from './prepare/run.ts';

const stretch = { kind: 'resample', to: 29 } as const satisfies ReadyStep;
const steps7 = [
  [1, 5, 2, 8, 3, 9, 4],
  [7, 1, 6, 2, 5, 3, 4],
];
const run = (
  rows: number[][],
  mask: string,
  more: Partial<Instance> = {},
  steps: ReadyStep[] = [stretch],
  to = 29,
) => prepared(rows, to, { steps, mask: parseMaskChoice(mask) }, more);
const ones = (mask: Uint8Array) => mask.reduce((sum, one) => sum + one, 0);

describe('the mask of a resampled series', () => {
  it('has no padding where several columns come from one raw step', () => {
    for (const mask of ['auto', 'trailing', 'leading', 'none', 'length:7', 'length:7@front']) {
      const { length, findings, source } = run(steps7, mask);
      assert.equal(length, 29, mask);
      assert.deepEqual([...source.subarray(0, 4)], [0, 0, 0, 1]);
      assert.deepEqual(
        findings.filter(({ code }) => code !== 'not-standardised' && code !== 'no-constant-run'),
        [],
      );
    }
  });

  it('is of what was left when padding of the file was taken off', () => {
    const padded = steps7.map((row) => [...row, 0, 0, 0, 0]);
    const clean = run(steps7, 'auto');
    for (const mask of ['auto', 'trailing', 'length:7']) {
      const one = run(padded, mask);
      assert.deepEqual(one.x, clean.x, mask);
      assert.equal(one.length, 29, mask);
      assert.equal(codes(one).includes('no-constant-run'), false);
    }
    assert.ok(codes(run(padded, 'auto')).includes('trailing-zeros-may-be-real'));
    assert.equal(run(padded, 'none').x[28], 0);
  });

  it('knows the padding that a pad step puts in, before and after', () => {
    const pad = { kind: 'pad', to: 40, value: 0, side: 'end' } as const;
    for (const mask of ['auto', 'trailing', 'length:7']) {
      const after = run(steps7, mask, {}, [stretch, pad], 40);
      assert.equal(after.mask.join(''), '1'.repeat(29) + '0'.repeat(11), mask);
      assert.equal(after.length, 29);
    }
    const front = run(steps7, 'auto', {}, [{ ...pad, to: 14, side: 'front' }, stretch]);
    // The nearest of 14 steps, 7 of them put in: a column is padding where that one is.
    assert.deepEqual(
      [...front.mask],
      [...front.source].map((step) => (step < 0 ? 0 : 1)),
    );
    assert.equal(ones(front.mask), 15);
  });

  it('follows a mask of the file', () => {
    const marks = { mask: Uint8Array.of(1, 1, 1, 1, 1, 0, 0) };
    assert.equal(run(steps7, 'auto', marks).length, 29);
    assert.match(run(steps7, 'auto', marks).origin, /column m/);
    const gap = run(steps7, 'auto', { mask: Uint8Array.of(1, 1, 1, 0, 1, 1, 1) });
    assert.deepEqual(
      [...gap.mask],
      [...gap.source].map((step) => (step === 3 ? 0 : 1)),
    );
  });
});
