import type { Explanation, Zone } from '../../../src/attribution/explanation.ts';
import { madeHow } from '../attribution/madeHow.ts';

export interface Told {
  /** Rows of the map; each has one value per step. */
  readonly map: readonly (readonly number[])[];
  readonly lines?: readonly number[];
  readonly mask?: readonly number[];
  readonly features?: readonly string[];
  readonly raw?: readonly number[];
  readonly zones?: Readonly<Record<Zone, number>>;
  readonly id?: string;
  readonly target?: string;
}

/** An explanation with what the editor reads of it. */
export function explained(told: Told): Explanation {
  const steps = told.map[0]!.length;
  const features = told.features ?? told.map.map((_, i) => `f${i}`);
  const raster = { values: Float32Array.from(told.map.flat()), rows: told.map.length, columns: steps };
  const mask = Uint8Array.from(told.mask ?? new Array(steps).fill(1));
  const length = mask.reduce((sum, real) => sum + real, 0);
  const shares = told.zones ?? { REAL: 1, MIXED: 0, EMPTY: 0 };
  const share = (zone: Zone) => ({ map: shares[zone], positions: shares[zone] });
  return {
    instance: {
      id: told.id ?? 'case0',
      index: 0,
      of: 1,
      lines: Int32Array.from(told.lines ?? Array.from(mask, (real, t) => (real ? t + 2 : 0))),
    },
    prediction: {
      logits: Float32Array.of(1, 0),
      probabilities: Float32Array.of(0.7, 0.3),
      predicted: 0,
      classes: ['walk', 'run'],
    },
    target: { index: 0, name: told.target ?? 'walk' },
    layer: {
      name: 'conv',
      tensor: 'conv',
      kind: 'Conv 2-D',
      parts: [],
      shape: [1, told.map.length, steps],
      rank: told.map.length > 1 ? 2 : 1,
      receptiveField: { size: 3, jump: 1, start: 0 },
      marks: [],
    },
    how: madeHow({ layer: 'conv' }),
    map: raster,
    native: { ...raster, positions: Float32Array.from({ length: steps }, (_, t) => t) },
    zones: [
      { zone: 'REAL', from: 0, to: length },
      { zone: 'EMPTY', from: length, to: steps },
    ],
    shares: { REAL: share('REAL'), MIXED: share('MIXED'), EMPTY: share('EMPTY') },
    padding: { mask, length, origin: 'auto' },
    signals: {
      features,
      input: new Float32Array(features.length * steps),
      raw: told.raw ? Float32Array.from(told.raw) : undefined,
    },
    findings: [],
    provenance: { model: 'm.onnx', modelHash: '', data: 'd.csv', runtime: 'wasm', version: '0' },
  };
}
