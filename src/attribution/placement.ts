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
  /** [T] 0 where no position reads the step nor stands within a step of its own from one that does: nothing is drawn there. */
  readonly read: Uint8Array;
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
  return { left, right, share, read: readSteps(layer, steps), direct };
}

/** Ends that no position reads, as of a model that looks at the last steps alone; not what strides leave over. */
function readSteps({ reads, receptiveField: { jump } }: LayerPositions, steps: number): Uint8Array {
  const read = new Uint8Array(steps).fill(1);
  if (reads === null) return read;
  let [first, end] = [steps, 0];
  for (const [p, from] of reads.from.entries()) {
    if (from === reads.to[p]) continue;
    first = Math.min(first, from);
    end = Math.max(end, reads.to[p]!);
  }
  const left = Math.abs(jump);
  if (first >= left && first < end) read.fill(0, 0, first);
  if (steps - end >= left && first < end) read.fill(0, end);
  return read;
}

/** A native map [rows, P] on the T columns of the input. */
export function place(map: Raster, { left, right, share, read, direct }: Placement): Raster {
  if (direct) return map;
  const columns = left.length;
  const values = new Float32Array(map.rows * columns);
  for (let row = 0; row < map.rows; row++) {
    const line = map.values.subarray(row * map.columns, (row + 1) * map.columns);
    for (let column = 0; column < columns; column++) {
      if (read[column] === 0) continue;
      const from = line[left[column]!]!;
      const to = line[right[column]!]!;
      values[row * columns + column] = from === to ? from : from + (to - from) * share[column]!;
    }
  }
  return { values, rows: map.rows, columns };
}
