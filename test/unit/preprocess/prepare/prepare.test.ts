import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReadyStep } from '../../../../src/preprocess/step.ts';
import { codes, given, pad, run } from './run.ts';

describe('prepare', () => {
  it('a dynamic time axis keeps the length', () => {
    assert.equal(run([[1, 2, 3]], null).steps, 3);
    assert.equal(run([[1, 2, 3]], null, { steps: [pad] }).steps, 3);
    assert.equal(run([[1, 2, 3]], null, { steps: [{ ...pad, to: 5 }] }).steps, 5);
  });

  it('matches features by name, in the model’s order', () => {
    const prepared = run(
      [
        [1, 2],
        [3, 4],
        [0, 1],
      ],
      2,
      { featureOrder: ['c', 'a'] },
      {},
      ['a', 'b', 'c'],
    );
    assert.deepEqual([...prepared.x], [0, 1, 1, 2]);
    assert.deepEqual(codes(prepared), ['features-ignored', 'features-reordered']);
    assert.match(prepared.findings[0]!.sentence, /does not take b/);
  });

  it('prepared data is taken as it is', () => {
    const prepared = run(
      [[1, 2, 0]],
      3,
      { steps: [given([5], [5]), pad] },
      { prepared: true, mask: Uint8Array.of(1, 1, 0) },
    );
    assert.deepEqual([...prepared.x], [1, 2, 0]);
    assert.deepEqual([...prepared.source], [0, 1, 2]);
    assert.equal(prepared.length, 2);
    assert.deepEqual(codes(prepared), ['standardise-not-applied']);
  });

  it('any pipeline gives F × T finite numbers whose source leads back to the raw values', () => {
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 8 }))
      .chain(([features, length]) =>
        fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: length, maxLength: length }), {
          minLength: features,
          maxLength: features,
        }),
      );
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('end', 'front'),
        fc.boolean(),
        (given, steps, side, standardised) => {
          const mean = given.map((_, feature) => feature + 0.5);
          const std = given.map((_, feature) => feature + 1);
          const list: ReadyStep[] = [
            ...(standardised ? [{ kind: 'standardize', by: 'given', mean, std } as const] : []),
            { ...pad, side },
          ];
          const prepared = run(given, steps, { steps: list, truncate: true, mask: { kind: 'auto' } });
          assert.equal(prepared.x.length, given.length * steps);
          assert.equal(prepared.mask.length, steps);
          for (let column = 0; column < steps; column++) {
            for (const [feature, row] of given.entries()) {
              const step = prepared.source[column]!;
              const raw =
                step < 0 ? 0 : standardised ? (row[step]! - mean[feature]!) / std[feature]! : row[step]!;
              assert.equal(prepared.x[feature * steps + column], Math.fround(raw));
            }
          }
        },
      ),
    );
  });
});
