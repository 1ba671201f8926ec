import type { Explained } from '../../../src/overview/collect.ts';

export interface Made {
  readonly id?: string;
  readonly label?: string;
  readonly predicted?: number;
  readonly p?: number;
  /** Rows of the map; a list of numbers is a time map. */
  readonly map: readonly (readonly number[])[];
  /** [T] all real unless given. */
  readonly mask?: readonly number[];
  readonly warning?: string;
}

export const CLASSES = ['walk', 'run'] as const;

/** An explanation with what an overview takes of it; shares as if every column were a position of its own, padding EMPTY. */
export function explained(made: Made, index = 0): Explained {
  const { id = `i${index}`, label, predicted = 0, p = 0.9, map } = made;
  const columns = map[0]!.length;
  const mask = Uint8Array.from(made.mask ?? new Array(columns).fill(1));
  const size = (real: number) =>
    map.reduce((sum, row) => sum + row.reduce((s, v, t) => s + (mask[t] === real ? Math.abs(v) : 0), 0), 0);
  const [inside, outside] = [size(1), size(0)];
  const real = mask.reduce((sum, on) => sum + on, 0);
  const share = (part: number) => (inside + outside > 0 ? part / (inside + outside) : 0);
  return {
    instance: { id, index, of: 1, label, lines: new Int32Array(columns) },
    prediction: {
      logits: Float32Array.of(0, 0),
      probabilities: Float32Array.from(CLASSES, (_, i) => (i === predicted ? p : 1 - p)),
      predicted,
      classes: CLASSES,
    },
    map: { rows: map.length, columns, values: Float32Array.from(map.flat()) },
    padding: { mask, length: real, origin: 'test' },
    shares: {
      REAL: { map: share(inside), positions: real / columns },
      MIXED: { map: 0, positions: 0 },
      EMPTY: { map: share(outside), positions: 1 - real / columns },
    },
    findings: made.warning
      ? [{ code: made.warning.slice(0, 1), severity: 'warning', sentence: made.warning }]
      : [],
  };
}
