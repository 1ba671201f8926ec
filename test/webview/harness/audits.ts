import type { Audit, CarrierResult, Estimate } from '../../../src/padding/audit.ts';
import type { PanelViews } from '../../../src/views/panel/contract.ts';

const estimate = (value: number, low: number, high: number): Estimate => ({
  value,
  interval: [low, high],
  n: 4,
});

function flips(
  intervention: 'truncate' | 'noise' | 'plus_1sd',
  rate: number,
  flipped: number[],
): CarrierResult {
  return {
    intervention,
    flipRate: estimate(rate, Math.max(0, rate - 0.2), rate + 0.2),
    meanAbsDp: estimate(rate / 2, 0, rate),
    balancedAccuracy: { value: 0.5, interval: [0.15, 0.85], n: 4 },
    worst: { id: 'c', index: 2, dp: -0.5 },
    flipped: Uint8Array.from(flipped),
  };
}

/** Four instances, two of which flip under noise; numbers chosen to be told apart on the page. */
export const smallAudit: Audit = {
  instances: ['a', 'b', 'c', 'd'].map((id, index) => ({
    id,
    index,
    length: 20 + 10 * index,
    label: index % 2,
    predicted: index % 2,
    probability: 0.9,
    paddingShare: 0.8 - 0.2 * index,
    flips: index > 1 ? ['noise'] : [],
  })),
  classes: ['walk', 'run'],
  chance: 0.5,
  accuracy: { value: 1, interval: [0.51, 1], n: 4 },
  balancedAccuracy: { value: 1, interval: [0.54, 1], n: 4 },
  padSide: 'end',
  steps: 60,
  maps: [
    {
      layer: 'conv1dblock',
      positions: { REAL: 0.4, MIXED: 0.2, EMPTY: 0.4 },
      zoneShare: { gradcam_abs: { REAL: 0.62, MIXED: 0.08, EMPTY: 0.3, maps: 4, allZero: 0 } },
      plateau: { stdOverMax: 0, levelOverMax: 0.18, n: 4 },
      degeneracy: { mean: 1, min: 1, n: 4, cause: 'structural' },
      alphaPollution: { mean: 0.88, min: -0.4, n: 4 },
    },
  ],
  logitSplit: {
    layer: 'conv1d',
    bias: Float32Array.of(0.5, 0.5, 0.5, 0.5),
    real: Float32Array.of(2, 2, 2, 2),
    padding: Float32Array.of(1, 1, 1, 1),
    paddingShare: estimate(0.33, 0.2, 0.4),
    maxGap: 1e-6,
  },
  carrier: [
    flips('truncate', 0, [0, 0, 0, 0]),
    flips('noise', 0.5, [0, 0, 1, 1]),
    { intervention: 'double_T', unavailable: 'Reshape "/flat" has the length 60 written into it.' },
  ],
  lengthSweep: [30, 60, 90, 120].map((steps, i) => ({
    steps,
    probability: estimate(0.95 - 0.15 * i, 0.9 - 0.15 * i, 1 - 0.15 * i),
  })),
  lengthEvidence: {
    labelled: true,
    lei: estimate(0.02, -0.01, 0.06),
    atLeast: 0,
    atMost: 0.05,
    contentSwapped: estimate(0.51, 0.49, 0.53),
    lengthSwapped: estimate(0.1, 0, 0.2),
    resampleControl: estimate(0.1, 0, 0.2),
    excessFlips: estimate(0, -0.1, 0.1),
    permutations: 4,
    placebo: 0.97,
    margin: 0.5,
    transportShare: 0.2,
    ways: [
      { way: 'stretch', direction: 'shorter', deficit: -0.01, weight: 0.7 },
      { way: 'crop', direction: 'shorter', deficit: -0.05, weight: 0.3 },
      { way: 'stretch', direction: 'longer', deficit: 0, weight: 0.5 },
      { way: 'reflect', direction: 'longer', deficit: 0.01, weight: 0.4 },
      { way: 'continue', direction: 'longer', deficit: -0.06, weight: 0.1 },
    ],
    splitFromCarrier: true,
  },
  lengthResponse: { change: estimate(0.12, 0.02, 0.22), class: 1, rises: true },
  carrierEvidence: {
    value: { unavailable: 'The padding has the same value in every instance.' },
    side: { unavailable: 'The padding stands at the same place in every instance.' },
  },
  lengthOnlyBaseline: { tree: { value: 0.45, interval: [0.09, 0.84], n: 4 }, chance: 0.5, p: 0.8 },
  masked: {
    meanAbsDlogit: estimate(1.2, 1, 1.5),
    meanAbsDp: estimate(0.05, 0, 0.1),
    flipRate: estimate(0, 0, 0.4),
  },
  preprocessing: [
    { code: 'padding-is-mean', severity: 'info', sentence: 'The padding is 0 in the units of the model.' },
  ],
  verdicts: {
    lengthEvidence: { answer: 'cannot tell', reason: 'Four instances are few.', numbers: {} },
    layout: { answer: 'robust', reason: 'None of 4 answers flips under truncation.', numbers: {} },
    look: { answer: 'FRAGILE', reason: '50 % of 4 answers flip under noise.', numbers: {} },
    mapArtefact: {
      answer: 'explained',
      reason: '38 % of the map lies on padding.',
      numbers: { padding: 0.38 },
    },
    carrierDependence: { answer: 'FRAGILE', reason: 'Place robust, look FRAGILE.', numbers: {} },
  },
  advice: [
    {
      code: 'fragile-padding',
      sentence: 'Mask every layer and refit the last one.',
      basis: 'Flips .49 → 0.',
      tryIt: 'head',
      snippets: [{ language: 'PyTorch', code: 'pooled = (features * mask).sum(-1)\n' }],
    },
  ],
  seed: 1,
  provenance: {
    model: 'xcm.onnx',
    modelHash: '00',
    data: 'walk.csv',
    runtime: 'onnxruntime-node 1.30.0',
    version: '0.1.0',
  },
};

export function auditView(change: Partial<PanelViews['audit']> = {}): PanelViews['audit'] {
  return {
    scope: 'file',
    result: smallAudit,
    outdated: false,
    activity: { kind: 'idle' },
    seen: [],
    instances: 4,
    ...change,
  };
}
