import type { Raster } from '../attribution/explanation.ts';
import { profile } from '../attribution/profile.ts';

/** `real`: real steps only. `all`: padding counts as if it were data. */
export type Scope = 'real' | 'all';

/** The cells of a map that can be taken away or judged, with what the map says of each. */
export interface Cells {
  /** [n] higher is more important. */
  readonly scores: Float64Array;
  /** [n] feature of the cell, -1 for all features of a step. */
  readonly feature: Int32Array;
  /** [n] input step. */
  readonly step: Int32Array;
}

/** `value`: the signed value as it is. `magnitude`: its size, for maps whose sign is a direction and not support. */
export type RankedBy = 'value' | 'magnitude';

/**
 * One cell per feature and step where the map has a row per feature, else one per step with all its features (rows that
 * are not features are averaged).
 * @param mask [T] 1 on real steps
 */
export function cellsOf(
  map: Raster,
  features: number,
  mask: Uint8Array,
  scope: Scope,
  ranking: RankedBy,
): Cells {
  const byFeature = isByFeature(map, features);
  const values = byFeature ? map.values : profile(map);
  const columns = [...mask.keys()].filter((t) => scope === 'all' || mask[t] === 1);
  const rows = byFeature ? features : 1;
  const scores = new Float64Array(rows * columns.length);
  const feature = new Int32Array(scores.length);
  const step = new Int32Array(scores.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const t of columns) {
      const value = values[row * map.columns + t]!;
      scores[at] = ranking === 'magnitude' ? Math.abs(value) : value;
      feature[at] = byFeature ? row : -1;
      step[at++] = t;
    }
  }
  return { scores, feature, step };
}

/** The map tells features apart: a row each. */
export function isByFeature(map: Raster, features: number): boolean {
  return map.rows === features && (features > 1 || map.rows > 1);
}
