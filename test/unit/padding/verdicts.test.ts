import assert from 'node:assert/strict';
import type {
  CarrierFigures,
  CarrierResult,
  Estimate,
  LayerFacts,
  LengthEvidence,
} from '../../../src/padding/audit.ts';
import { wilsonRate } from '../../../src/padding/estimate.ts';
import { carrierDependence, lengthVerdict, mapArtefact } from '../../../src/padding/verdicts.ts';

const zero: Estimate = { value: 0, interval: [0, 0], n: 60 };
const flips = (rate: number, n = 60): CarrierResult => ({
  intervention: 'noise',
  flipRate: wilsonRate(rate, n),
  meanAbsDp: zero,
  balancedAccuracy: null,
  worst: { id: 'a', index: 0, dp: 0 },
  flipped: new Uint8Array(n),
});
const evidence = (value: number, low: number, high: number): LengthEvidence => ({
  labelled: true,
  lei: { value, interval: [low, high], n: 60 },
  contentSwapped: zero,
  lengthSwapped: zero,
  resampleControl: zero,
  excessFlips: zero,
  permutations: 60,
});
const facts = (mixed: number, empty: number, plateau: LayerFacts['plateau']): LayerFacts => ({
  layer: 'conv',
  positions: { REAL: 0.4, MIXED: 0.3, EMPTY: 0.3 },
  zoneShare: { gradcam_abs: { REAL: 1 - mixed - empty, MIXED: mixed, EMPTY: empty, maps: 60, allZero: 0 } },
  plateau,
  degeneracy: { mean: 0, min: 0, n: 60, cause: 'none' },
  alphaPollution: null,
});

describe('verdicts', () => {
  it('map artefact', () => {
    assert.equal(mapArtefact(facts(0.5, 0.01, null), 60).answer, 'explained');
    assert.equal(
      mapArtefact(facts(0.3, 0.3, { stdOverMax: 0, levelOverMax: 0.2, n: 60 }), 60).answer,
      'explained',
    );
    assert.equal(
      mapArtefact(facts(0.3, 0.3, { stdOverMax: 0.2, levelOverMax: 0.2, n: 60 }), 60).answer,
      'not explained',
    );
    assert.equal(mapArtefact(facts(0.3, 0.3, null), 60).answer, 'cannot tell');
    assert.match(mapArtefact(undefined, 60).reason, /reads the whole series/);
  });

  it('carrier dependence is judged by the worst intervention and its interval', () => {
    assert.equal(carrierDependence([flips(0), flips(0.25)], 60, 60).answer, 'FRAGILE');
    assert.equal(carrierDependence([flips(0)], 60, 60).answer, 'robust');
    assert.equal(carrierDependence([flips(0.1)], 60, 60).answer, 'cannot tell');
    assert.match(carrierDependence([flips(1, 4)], 4, 4).reason, /^100 % of 4 answers.*at least 10 instances/);
    assert.equal(carrierDependence([flips(0)], 60, 0).answer, 'cannot tell');
    assert.match(carrierDependence([flips(0)], 60, 0).reason, /^No instance is padded/);
    assert.equal(
      carrierDependence([{ intervention: 'truncate', unavailable: 'x' }], 60, 60).answer,
      'cannot tell',
    );
  });

  it('carrier dependence of one instance says what flips, not how often', () => {
    const one = (intervention: 'noise' | 'reflect' | 'truncate', flip: 0 | 1): CarrierResult => ({
      ...(flips(flip, 1) as CarrierFigures),
      intervention,
      flipped: Uint8Array.of(flip),
    });
    const some = carrierDependence([one('noise', 1), one('reflect', 0), one('truncate', 1)], 1, 1);
    assert.equal(some.answer, 'cannot tell');
    assert.equal(
      some.reason,
      'This answer flips under 2 of 3 changes of the padding (refilling with noise and truncation); how often answers flip takes at least 10 instances.',
    );
    assert.match(carrierDependence([one('noise', 0)], 1, 1).reason, /^This answer holds under all 1 changes/);
  });

  it('length evidence', () => {
    assert.equal(lengthVerdict(evidence(0.02, -0.01, 0.06)).answer, 'no');
    assert.equal(lengthVerdict(evidence(0.44, 0.3, 0.6)).answer, 'YES');
    assert.equal(lengthVerdict(evidence(0.1, 0.06, 0.14)).answer, 'unclear');
    assert.equal(lengthVerdict(evidence(0.02, -0.3, 0.3)).answer, 'cannot tell');
    assert.match(lengthVerdict(evidence(0.2, 0.01, 0.4)).reason, /more instances would tell/);
    assert.equal(lengthVerdict({ unavailable: 'No labels.' }).reason, 'No labels.');
  });

  it('a Wilson interval does not shrink to nothing', () => {
    // Wilson 1927 for 0 of 60: [0, z²/(n + z²)].
    const { interval } = wilsonRate(0, 60);
    assert.ok(Math.abs(interval[1] - 3.8415 / 63.8415) < 1e-4);
    assert.equal(interval[0], 0);
  });
});
