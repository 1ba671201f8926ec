import assert from 'node:assert/strict';
import type { Zone } from '../../../src/attribution/explanation.ts';
import { instanceFacts } from '../../../src/padding/instanceFacts.ts';
import { layerFacts } from '../../../src/padding/layerFacts.ts';
import { logitSplit } from '../../../src/padding/logitSplit.ts';
import {
  alphaPollution,
  degeneracy,
  type InstanceMaps,
  plateau,
  zoneMass,
} from '../../../src/padding/mapFacts.ts';
import { createRandom } from '../../../src/random.ts';

const zones: Zone[] = ['REAL', 'REAL', 'REAL', 'MIXED', 'EMPTY', 'EMPTY', 'EMPTY'];
const maps = (over: Partial<InstanceMaps> = {}): InstanceMaps => ({
  rows: 1,
  zones,
  gradcam: [Float32Array.of(1, 2, 3, 2, 1, 1, 1), Float32Array.of(-2, -4, -6, -4, -2, -2, -2)],
  maskedAlpha: Float32Array.of(2, 4, 6, 0, 0, 0, 0),
  hirescam: Float32Array.of(1, -1, 1, 1, 0, 0, 0),
  predicted: 0,
  ...over,
});

describe('facts of a map', () => {
  it('shares its mass over the zones', () => {
    assert.deepEqual(zoneMass(Float64Array.of(1, 1, 2, 1, 1, 1, 1), zones), {
      REAL: 0.5,
      MIXED: 0.125,
      EMPTY: 0.375,
    });
    assert.equal(zoneMass(new Float64Array(7), zones), null);
  });

  it('knows a plateau by its sd and level over the maximum', () => {
    assert.deepEqual(plateau(Float64Array.of(1, 2, 4, 2, 1, 1, 1), zones), {
      stdOverMax: 0,
      levelOverMax: 0.25,
    });
    const uneven = plateau(Float64Array.of(1, 2, 4, 2, 0, 1, 2), zones)!;
    assert.ok(Math.abs(uneven.stdOverMax - Math.sqrt(2 / 3) / 4) < 1e-12);
    assert.equal(plateau(Float64Array.of(1, 2, 4), ['REAL', 'EMPTY', 'EMPTY']), null);
  });

  it('knows one map for every class, whatever its sign and size', () => {
    assert.ok(Math.abs(degeneracy(maps())! - 1) < 1e-12);
    const apart = maps({ gradcam: [Float32Array.of(1, 2, 3), Float32Array.of(1, -2, 1)] });
    assert.ok(degeneracy(apart)! < 1e-12);
    assert.equal(degeneracy(maps({ gradcam: [new Float32Array(7), new Float32Array(7)] })), null);
  });

  it('correlates plain and masked α on the real steps only', () => {
    assert.ok(Math.abs(alphaPollution(maps())! - 1) < 1e-12);
    assert.ok(
      Math.abs(alphaPollution(maps({ maskedAlpha: Float32Array.of(3, 2, 1, 9, 9, 9, 9) }))! + 1) < 1e-12,
    );
  });

  it('sums them up over instances, all-zero maps counted and left out', () => {
    const dark = maps({ gradcam: [new Float32Array(7), new Float32Array(7)], hirescam: new Float32Array(7) });
    const facts = layerFacts('conv', [maps(), dark].map(instanceFacts), true);
    assert.deepEqual(facts.zoneShare.gradcam_relu, {
      REAL: 6 / 11,
      MIXED: 2 / 11,
      EMPTY: 3 / 11,
      maps: 1,
      allZero: 1,
    });
    assert.deepEqual(facts.zoneShare.hirescam_pos, {
      REAL: 2 / 3,
      MIXED: 1 / 3,
      EMPTY: 0,
      maps: 1,
      allZero: 1,
    });
    assert.equal(facts.degeneracy.cause, 'structural');
    assert.equal(layerFacts('conv', [instanceFacts(maps())], false).degeneracy.cause, 'two-class');
  });
});

describe('logit split', () => {
  it('adds up: bias + real + padding', () => {
    const split = logitSplit(
      'conv',
      [
        {
          contributions: Float32Array.of(1, 2, -0.5, 0.5, 0.25, 0.25),
          real: Uint8Array.of(1, 1, 0),
          bias: 0.5,
          logit: 4,
        },
      ],
      createRandom(1),
    );
    // Two rows of three positions: real 1 + 2 + .5 + .25, padding −.5 + .25, so 0.5 + 3.75 − .25 = 4.
    assert.deepEqual([split.real[0], split.padding[0], split.maxGap], [3.75, -0.25, 0]);
    assert.equal(split.paddingShare.value, 0.0625);
  });
});
