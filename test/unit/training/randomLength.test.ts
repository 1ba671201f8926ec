import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRandom } from '../../../src/random.ts';
import { mirrored } from '../../../src/training/atLength.ts';
import { atRandomPlace, sameButLength } from '../../../src/training/randomLength.ts';
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
          const made = atRandomPlace({ x, mask, label: 1 }, length, { features, steps }, createRandom(seed));
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

  it('is judged with nothing but its length changed: a window, itself, or itself and then its reflection', () => {
    const shape = { features: 1, steps: 8 };
    for (const front of [false, true]) {
      const [padding, real] = [
        [-9, -9, -9],
        [1, 2, 3, 4, 5],
      ];
      const put = (content: number[]) => {
        const rest = Array(8 - content.length).fill(-9);
        return front ? [...rest, ...content] : [...content, ...rest];
      };
      const mask = Uint8Array.from(front ? [...padding, ...real] : [...real, ...padding], (v) => +(v > 0));
      const one = { x: Float32Array.from(put(real)), mask, label: 0 };
      for (let seed = 0; seed < 9; seed++) {
        const at = (length: number) => sameButLength(one, length, shape, createRandom(seed));
        assert.equal(at(5), one);
        assert.deepEqual([...at(7).x], put([1, 2, 3, 4, 5, 5, 4]));
        assert.deepEqual([...at(8).x], [1, 2, 3, 4, 5, 5, 4, 3]);
        const start = Math.min(...at(3).x.filter((value) => value > 0));
        assert.deepEqual([...at(3).x], put([start, start + 1, start + 2]));
      }
    }
  });

  it('goes forth and back', () => {
    assert.deepEqual(
      Array.from({ length: 7 }, (_, i) => mirrored(i, 3)),
      [0, 1, 2, 2, 1, 0, 0],
    );
  });
});
