import type {
  Candidate,
  MapAndTime,
  PanelViews,
  RepairFound,
  Standing,
} from '../../../src/views/panel/contract.ts';

const at = (value: number, low = value, high = value, n = 60) =>
  ({ value, interval: [low, high], n }) as const;
const flips = (value: number, answer: 'robust' | 'FRAGILE', worst: string) => ({
  ...at(value, Math.max(0, value - 0.1), Math.min(1, value + 0.1)),
  ...{ answer, worst, changes: 3 },
});

/** The model as it was trained. */
export const asTrained: Standing & MapAndTime = {
  accuracy: at(0.9, 0.8, 0.95),
  lengthCrossed: at(0.7, 0.6, 0.78),
  layout: flips(0.32, 'FRAGILE', 'truncation'),
  look: flips(0.6, 'FRAGILE', 'refilling with raw zeros'),
  lengthEvidence: { ...at(0.41, 0.3, 0.52), answer: 'YES' },
  lengthResponse: at(0.4, 0.3, 0.5),
  mapOnPadding: at(0.38),
  milliseconds: at(1.5),
};

const mended: Standing = {
  ...asTrained,
  accuracy: at(0.92, 0.82, 0.96),
  layout: flips(0, 'robust', 'truncation'),
  look: flips(0, 'robust', 'refilling with raw zeros'),
  lengthEvidence: { ...at(-0.02, -0.1, 0.06), answer: 'no' },
};

/** Three of five: one that fits, one that trains, one that cannot be tried. */
export const candidates: readonly Candidate[] = [
  {
    ...{
      ...mended,
      name: 'head',
      score: at(1.6),
      gain: at(0.2),
      helps: true,
      why: 'Look flips fall.',
      otherForm: null,
    },
    ...{ change: at(0.017, 0, 0.05), lengthCrossedChange: at(0), mcnemar: { gained: 2, lost: 1, p: 1 } },
    ...{ mapOnPadding: at(0), milliseconds: at(2.1), seconds: 3, notes: ['It rests on few.'] },
  },
  {
    ...{
      ...mended,
      name: 'fine-tune',
      score: at(1.5),
      gain: at(0.1),
      helps: true,
      why: 'Look flips fall.',
      otherForm: null,
    },
    ...{ change: at(-0.017, -0.05, 0), lengthCrossedChange: at(0), mcnemar: { gained: 0, lost: 1, p: 1 } },
    ...{ mapOnPadding: at(0), milliseconds: at(2.1), seconds: 9, notes: [] },
    curve: Array.from({ length: 10 }, (_, i) => ({ loss: 1 / (i + 1), accuracy: 0.5 + i / 20 })),
  },
  { name: 'random-length', cannot: 'Order carries the class of <b>walk</b>.' },
];

/** @param chosen null: nothing helped */
export function found(chosen: 'head' | null = 'head'): RepairFound {
  return {
    ...{ before: asTrained, after: chosen && mended, candidates, chosen },
    reason: chosen
      ? 'Of those that help it scores highest.'
      : 'Nothing helped: no figure is better beyond its interval.',
    form: 'drop-in',
    masks: true,
    otherForm: chosen
      ? null
      : { form: 'mask-input', chosen: 'masked', reason: 'masked: the only repair that helps.' },
    paired: chosen && {
      accuracy: at(0.017, 0, 0.05),
      lengthCrossed: at(0.02, -0.01, 0.05),
      mcnemar: { gained: 2, lost: 1, p: 1 },
    },
    turned: chosen && { gained: [1, 2], lost: [0] },
    optimism: 0.02,
    judgedOn: { instances: 60, folds: 5 },
    zones: chosen
      ? {
          layer: 'conv1d',
          before: { REAL: at(0.62), MIXED: at(0.3), EMPTY: at(0.08) },
          after: { REAL: at(1), MIXED: at(0), EMPTY: at(0) },
        }
      : { unavailable: 'Nothing was repaired.' },
    maps: [],
    notMasked: [],
    latency: chosen && { before: at(1.5), after: at(2.1) },
    written: chosen && {
      ...{ epochs: null, form: 'drop-in', padding: { side: 'end', value: [0], wrong: 0 }, agreement: at(1) },
      ...{ layout: mended.layout, look: flips(0.1, 'FRAGILE', 'refilling with noise') },
    },
    notes: ['A class lies in one half of the lengths.'],
    ...{ stopped: false, epochs: 10, seed: 1 },
    provenance: {
      ...{ model: '/w/xcm.onnx', modelHash: '00', data: '/w/walk.csv', dataHash: '11' },
      ...{ runtime: 'onnxruntime-node 1.30.0', version: '0.1.0' },
    },
  };
}

export function repairView(
  one: RepairFound | null,
  change: Partial<PanelViews['repair']> = {},
): PanelViews['repair'] {
  return {
    ...{ scope: 'file', result: one && { found: one, model: null }, outdated: false, seen: [] },
    ...{ activity: { kind: 'idle' }, instances: 60 },
    ...change,
  };
}

export function trainingView(change: Partial<PanelViews['training']> = {}): PanelViews['training'] {
  const curve = Array.from({ length: 12 }, (_, i) => ({
    ...{ loss: 1 / (i + 1), accuracy: 0.5 + i / 30, validation: 0.5 + i / 40 },
  }));
  return {
    data: 'walk.csv',
    wish: { architecture: 'fcn', padding: 'end', masked: true, epochs: 100 },
    activity: { kind: 'idle' },
    curve,
    report: {
      ...{ architecture: 'FCN', filters: 128, parameters: 280_000, features: 30, steps: 131 },
      ...{ classes: ['walk', 'run'], padding: 'end', masked: true, maskInput: false, seed: 1, rate: 1e-3 },
      ...{ trainedOn: 48, validation: at(0.92, 0.7, 0.99, 12), seconds: 12, findings: [] },
      ...{ curve, best: 9, ended: 'patience' },
    },
    isOpen: true,
    ...change,
  };
}
