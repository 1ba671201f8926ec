import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRandom } from '../../../src/random.ts';
import { atLength, mirrored } from '../../../src/training/randomLength.ts';
import { realLength } from '../../../src/training/series.ts';

const [features, steps] = [2, 12];

describe('a series at another length', () => {
  it('holds neighbours of the series only, keeps side, padding and class', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: steps }),
        fc.integer({ min: 1, max: steps }),
        fc.boolean(),
        fc.integer(),
        (own, length, front, seed) => {
          const mask = new Uint8Array(steps);
          mask.fill(1, front ? steps - own : 0, front ? steps : own);
          const x = new Float32Array(features * steps).fill(-9);
          for (let f = 0; f < features; f++) {
            for (let t = 0, at = 0; t < steps; t++) if (mask[t]) x[f * steps + t] = 100 * f + at++;
          }
          const made = atLength({ x, mask, label: 1 }, length, { features, steps }, createRandom(seed));
          assert.equal(realLength(made.mask), length);
          assert.equal(made.label, 1);
          const content = Array.from({ length: steps }, (_, t) => t).filter((t) => made.mask[t]);
          for (const [i, t] of content.entries()) {
            const [value, other] = [made.x[t]!, made.x[steps + t]!];
            assert.ok(value >= 0 && value < own && other === 100 + value, `${value} ${other}`);
            if (i > 0) assert.ok(Math.abs(value - made.x[content[i - 1]!]!) <= 1);
          }
          const padding = Array.from(made.mask).flatMap((real, t) => (real ? [] : [made.x[t]!]));
          assert.ok(padding.every((value) => value === (own < steps ? -9 : 0)));
          const at = content[0]!;
          assert.ok(length === steps || at === (front && own < steps ? steps - length : 0));
        },
      ),
    );
  });

  it('goes forth and back', () => {
    assert.deepEqual(
      Array.from({ length: 7 }, (_, i) => mirrored(i, 3)),
      [0, 1, 2, 2, 1, 0, 0],
    );
  });
});
