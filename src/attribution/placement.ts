import type { Raster } from './explanation.ts';
import { type LayerPositions, oneToOne } from './layerPositions.ts';

/** How the T columns of the input take their values from a layer's positions. */
interface Placement {
  /** Summed up: of the neighbouring centres on either side, and of all positions that stand at one. */
  readonly taps: readonly Tap[];
  /** [T] 0 where no position reads the step nor stands within a step of its own from one that does: nothing is drawn there. */
  readonly read: Uint8Array;
  /** Whether each column is the position of its number. */
  readonly direct: boolean;
}

/** One position for each column. */
interface Tap {
  /** [T] */
  readonly places: Int32Array;
  /** [T] 0..1; where it is 0, the place is that of another tap. */
  readonly weights: Float64Array;
}

/**
 * Linear between the centres of neighbouring positions, in whatever order they come, the ends held; the mean where several
 * stand at one centre; position p at step p where they are one to one.
 */
export function placementOf(layer: LayerPositions, steps: number): Placement {
  const read = readSteps(layer, steps);
  if (oneToOne(layer, steps)) {
    const places = Int32Array.from({ length: steps }, (_, column) => column);
    return { taps: [{ places, weights: new Float64Array(steps).fill(1) }], read, direct: true };
  }
  const centres = centresOf(layer.positions);
  const last = centres.length - 1;
  const columns: (readonly (readonly [place: number, weight: number])[])[] = [];
  for (let column = 0, at = 0; column < steps; column++) {
    while (at < last && centres[at + 1]!.centre <= column) at++;
    const gap = at < last ? centres[at + 1]!.centre - centres[at]!.centre : 0;
    const beyond = gap > 0 ? Math.max(0, column - centres[at]!.centre) / gap : 0;
    columns.push([
      ...spread(centres[at]!, 1 - beyond),
      ...(beyond > 0 ? spread(centres[at + 1]!, beyond) : []),
    ]);
  }
  const count = columns.reduce((most, { length }) => Math.max(most, length), 1);
  const taps = Array.from({ length: count }, (_, i) => ({
    places: Int32Array.from(columns, (all) => (all[i] ?? all[0]!)[0]),
    weights: Float64Array.from(columns, (all) => all[i]?.[1] ?? 0),
  }));
  return { taps, read, direct: false };
}

interface Centre {
  readonly centre: number;
  readonly positions: number[];
}

/** In rising order, with the positions at each: a layer may read the series turned round, rolled, or twice. */
function centresOf(positions: Float64Array): Centre[] {
  const order = Int32Array.from(positions.keys()).sort((a, b) => positions[a]! - positions[b]!);
  const found: Centre[] = [];
  for (const p of order) {
    const last = found.at(-1);
    if (last && positions[p]! - last.centre < 1e-6) last.positions.push(p);
    else found.push({ centre: positions[p]!, positions: [p] });
  }
  return found;
}

function spread({ positions }: Centre, weight: number): (readonly [number, number])[] {
  return positions.map((p) => [p, weight / positions.length]);
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
export function place(map: Raster, { taps, read, direct }: Placement): Raster {
  if (direct) return map;
  const columns = read.length;
  const values = new Float32Array(map.rows * columns);
  for (let row = 0; row < map.rows; row++) {
    const line = map.values.subarray(row * map.columns, (row + 1) * map.columns);
    for (let column = 0; column < columns; column++) {
      if (read[column] === 0) continue;
      // The sum of none: a value of -0 stays one.
      let sum = -0;
      for (const { places, weights } of taps) {
        if (weights[column] !== 0) sum += line[places[column]!]! * weights[column]!;
      }
      values[row * columns + column] = sum;
    }
  }
  return { values, rows: map.rows, columns };
}
