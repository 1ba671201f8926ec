import type { Explanation } from '../../../src/attribution/explanation.ts';
import type { Run } from '../../../src/runs/run.ts';
import { FRESH } from '../../../src/session/core/selection.ts';
import { type Circumstances, makeRun } from '../../../src/session/runs/makeRun.ts';
import { madeHow } from '../attribution/madeHow.ts';

/** Two features, four steps, the last two padding. */
export function explanation(change: Partial<Explanation> = {}): Explanation {
  const map = { values: Float32Array.of(1, 2, 0, 0, 3, 4, 0.5, 0), rows: 2, columns: 4 };
  return {
    instance: { id: 'case 7', index: 6, of: 9, lines: Int32Array.of(2, 3, 0, 0) },
    prediction: {
      logits: Float32Array.of(1, 0),
      probabilities: Float32Array.of(0.75, 0.25),
      predicted: 0,
      classes: ['walk', 'run'],
    },
    target: { index: 0, name: 'walk' },
    layer: {
      ...{ name: 'conv1d', tensor: '/conv1d', kind: 'Conv 1-D', parts: [], shape: [8, 4], rank: 1 as const },
      ...{ receptiveField: { size: 3, jump: 1, start: 0 }, marks: [] },
    },
    how: madeHow({ layer: 'conv1d' }),
    map,
    native: { ...map, positions: Float32Array.of(0, 1, 2, 3) },
    zones: [
      { zone: 'REAL', from: 0, to: 2 },
      { zone: 'MIXED', from: 2, to: 3 },
      { zone: 'EMPTY', from: 3, to: 4 },
    ],
    shares: {
      REAL: { map: 0.9, positions: 0.5 },
      MIXED: { map: 0.1, positions: 0.25 },
      EMPTY: { map: 0, positions: 0.25 },
    },
    padding: { mask: Uint8Array.of(1, 1, 0, 0), length: 2, origin: 'auto: 2 steps' },
    signals: { features: ['ax', 'ay'], input: new Float32Array(8) },
    findings: [],
    provenance: { model: 'm.onnx', modelHash: 'ab', data: 'd.csv', runtime: 'r', version: '0' },
    ...change,
  };
}

export function run(at: number, told: Partial<Circumstances> = {}, change: Partial<Explanation> = {}): Run {
  return makeRun(explanation(change), {
    ...{ at, file: 'file:///d.csv', content: 'sha256:00', preprocess: null, selection: FRESH },
    ...{ modelPath: '/m.onnx', ...told },
  });
}
