import type { Raster } from './explanation.ts';
import { type LayerPositions, oneToOne } from './layerPositions.ts';

/** How the T columns of the input take their values from a layer's positions: each from two neighbours. */
interface Placement {
  /** [T] */
  readonly left: Int32Array;
  /** [T] the same as `left` where the column lies on a centre or outside all of them. */
  readonly right: Int32Array;
  /** [T] share of `right`, 0..1. */
  readonly share: Float64Array;
  /** Whether each column is the position of its number. */
  readonly direct: boolean;
}

/**
 * Linear between the centres of neighbouring positions, in whatever order they come, the ends held; position p at step p
 * where they are one to one.
 */
export function placementOf(layer: LayerPositions, steps: number): Placement {
  const left = new Int32Array(steps);
  const right = new Int32Array(steps);
  const share = new Float64Array(steps);
  const direct = oneToOne(layer, steps);
  // A layer may read the series turned round, or rolled.
  const order = Int32Array.from(layer.positions.keys()).sort(
    (a, b) => layer.positions[a]! - layer.positions[b]!,
  );
  const centres = direct ? undefined : Float64Array.from(order, (p) => layer.positions[p]!);
  const last = layer.positions.length - 1;
  for (let column = 0, before = 0; column < steps; column++) {
    if (centres === undefined) {
      left[column] = right[column] = column;
      continue;
    }
    while (before < last && centres[before + 1]! <= column) before++;
    left[column] = right[column] = order[before]!;
    const gap = before < last ? centres[before + 1]! - centres[before]! : 0;
    const beyond = column - centres[before]!;
    if (gap > 0 && beyond > 0) {
      right[column] = order[before + 1]!;
      share[column] = beyond / gap;
    }
  }
  return { left, right, share, direct };
}

/** A native map [rows, P] on the T columns of the input. */
export function place(map: Raster, { left, right, share, direct }: Placement): Raster {
  if (direct) return map;
  const columns = left.length;
  const values = new Float32Array(map.rows * columns);
  for (let row = 0; row < map.rows; row++) {
    const line = map.values.subarray(row * map.columns, (row + 1) * map.columns);
    for (let column = 0; column < columns; column++) {
      const from = line[left[column]!]!;
      const to = line[right[column]!]!;
      values[row * columns + column] = from === to ? from : from + (to - from) * share[column]!;
    }
  }
  return { values, rows: map.rows, columns };
}
