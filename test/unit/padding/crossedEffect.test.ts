import assert from 'node:assert/strict';
import { balancedEffect, covariance, crossedEffect } from '../../../src/padding/crossedEffect.ts';
import { normalQuantile } from '../../../src/padding/normalQuantile.ts';
import { ratioInterval } from '../../../src/padding/ratioInterval.ts';
import { createRandom } from '../../../src/random.ts';

const labels = [0, 0, 1, 1, 1];
const pairs = labels.flatMap((_, frame) =>
  labels.flatMap((__, content) => (frame === content ? [] : [[frame, content]])),
);
const crossing = { frames: pairs.map(([i]) => i!), contents: pairs.map(([, j]) => j!) };
const contrast = {
  frameGroup: labels,
  contentGroup: labels,
  weights: [
    [0.25, 0.25],
    [0.25, 0.25],
  ],
  strata: labels,
};

describe('crossed effect', () => {
  it('is the weighted mean of the cells, and its jackknife leaves each instance out in both roles', () => {
    const values = pairs.map(([i, j]) => 10 * i! + j!);
    const direct = (left: number | null) => {
      let all = 0;
      for (const a of [0, 1]) {
        for (const b of [0, 1]) {
          const cell = pairs.flatMap(([i, j], p) =>
            i !== left && j !== left && labels[i!] === a && labels[j!] === b ? [values[p]!] : [],
          );
          // Class 0 without one of its two has no same-class pair: its row rests on the other cell.
          if (cell.length > 0) all += cell.reduce((x, y) => x + y, 0) / cell.length / 4;
          else {
            const other = pairs.flatMap(([i, j], p) =>
              i !== left && j !== left && labels[i!] === a && labels[j!] !== b ? [values[p]!] : [],
            );
            all += other.reduce((x, y) => x + y, 0) / other.length / 4;
          }
        }
      }
      return all;
    };
    const effect = crossedEffect(crossing, values, contrast);
    assert.ok(Math.abs(effect.value - direct(null)) < 1e-9);
    let variance = 0;
    for (const group of [
      [0, 1],
      [2, 3, 4],
    ]) {
      const left = group.map(direct);
      const centre = left.reduce((a, b) => a + b, 0) / left.length;
      variance += ((group.length - 1) / group.length) * left.reduce((sum, v) => sum + (v - centre) ** 2, 0);
    }
    assert.ok(Math.abs(covariance(effect, effect) - variance) < 1e-9);
  });

  it('of a mean per instance equals the textbook variance of a stratified mean', () => {
    const values = [1, 3, 2, 4, 9];
    const effect = balancedEffect(values, labels);
    assert.equal(effect.value, (2 + 5) / 2);
    // s² / n per class: 2 / 2 and 13 / 3; over two classes a quarter of each.
    assert.ok(Math.abs(covariance(effect, effect) - (2 / 2 + 13 / 3) / 4) < 1e-12);
  });

  it('estimates the spread of fresh samples', () => {
    const random = createRandom(4);
    const n = 40;
    const strata = Array.from({ length: n }, (_, i) => i % 2);
    const all = strata.flatMap((_, frame) =>
      strata.flatMap((__, content) => (frame === content ? [] : [[frame, content] as const])),
    );
    const met = { frames: all.map(([i]) => i), contents: all.map(([, j]) => j) };
    const found = Array.from({ length: 200 }, () => {
      const [row, column] = [strata.map(() => random.normal()), strata.map(() => random.normal())];
      const values = all.map(([i, j]) => row[i]! + column[j]! + 0.3 * random.normal());
      const effect = crossedEffect(met, values, {
        ...contrast,
        frameGroup: strata,
        contentGroup: strata,
        strata,
      });
      return { value: effect.value, variance: covariance(effect, effect) };
    });
    const mean = found.reduce((sum, { value }) => sum + value, 0) / found.length;
    const spread = found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (found.length - 1);
    const claimed = found.reduce((sum, { variance }) => sum + variance, 0) / found.length;
    assert.ok(Math.abs(claimed / spread - 1) < 0.25, `${claimed} beside ${spread}`);
  }).timeout(20_000);
});

describe('interval of a ratio', () => {
  it('ends where numerator − r·denominator is z standard errors from 0', () => {
    const ratio = {
      numerator: 0.1,
      denominator: 0.4,
      varNumerator: 0.001,
      varDenominator: 0.002,
      covariance: 0.0005,
    };
    for (const end of ratioInterval(ratio, 1.96)!) {
      const variance = 0.001 - 2 * end * 0.0005 + end * end * 0.002;
      assert.ok(Math.abs(Math.abs(0.1 - end * 0.4) - 1.96 * Math.sqrt(variance)) < 1e-9);
    }
  });

  it('is none where the denominator may be 0', () => {
    const ratio = {
      numerator: 0.1,
      denominator: 0.05,
      varNumerator: 0.001,
      varDenominator: 0.002,
      covariance: 0,
    };
    assert.equal(ratioInterval(ratio, 1.96), null);
  });
});

describe('normal quantile', () => {
  it('equals tabulated values', () => {
    const table = [
      [0.975, 1.959963985],
      [0.95, 1.644853627],
      [0.5, 0],
      [0.999, 3.090232306],
      [0.0001, -3.719016485],
    ];
    for (const [p, z] of table) assert.ok(Math.abs(normalQuantile(p!) - z!) < 1e-8, `${p}`);
  });
});
