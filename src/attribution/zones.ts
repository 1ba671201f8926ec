import type { Raster, Zone, ZoneRun } from './explanation.ts';
import { isOutside, type LayerPositions, oneToOne } from './layerPositions.ts';
import { placementOf } from './placement.ts';

interface Zones {
  /** [P] of the layer's own positions. */
  readonly positions: readonly Zone[];
  /** The T input columns, in runs. */
  readonly columns: readonly ZoneRun[];
}

/** Per zone, 0 to 1: its share of Σ |map| and of the positions. */
export type Shares = Readonly<Record<Zone, { readonly map: number; readonly positions: number }>>;

/**
 * A position is REAL when its centre lies on a real step, MIXED when it lies on padding but reads at least one real
 * step, EMPTY when it reads padding only. A position beyond the ends that reads every step (a class token) is REAL, and so
 * is every position of a series without padding. A centre halfway between two steps counts as real only when both are.
 * A column is REAL when its step is; on padding it is EMPTY only when all positions it takes its value from are.
 * @param mask [T] 1 on real steps
 */
export function zonesOf(layer: LayerPositions, mask: Uint8Array): Zones {
  const positions = positionZones(layer, mask);
  const { taps } = placementOf(layer, mask.length);
  const columns = Array.from(mask, (real, column): Zone => {
    if (real === 1) return 'REAL';
    return taps.every(({ places }) => positions[places[column]!] === 'EMPTY') ? 'EMPTY' : 'MIXED';
  });
  return { positions, columns: runsOf(columns) };
}

/** [P] the zones of the layer's own positions alone. */
export function positionZones(layer: LayerPositions, mask: Uint8Array): Zone[] {
  const realBefore = runningCount(mask);
  // Without padding there is nothing that a position could lie on, wherever it stands.
  if (realBefore.at(-1) === mask.length) return Array.from(layer.positions, (): Zone => 'REAL');
  const direct = oneToOne(layer, mask.length);
  return Array.from(layer.positions, (centre, p): Zone => {
    if (centreIsReal(mask, direct ? p : centre)) return 'REAL';
    // A class token: it reads every step, and stands for none.
    if (layer.reads === null && isOutside(centre, mask.length)) return 'REAL';
    const from = layer.reads?.from[p] ?? 0;
    const to = layer.reads?.to[p] ?? mask.length;
    return realBefore[Math.max(from, to)]! > realBefore[from]! ? 'MIXED' : 'EMPTY';
  });
}

/** Share of |map| (summed over the rows) and of positions per zone; map shares are 0 when the map is all zero. */
export function sharesOf(zones: readonly Zone[], map: Raster): Shares {
  const mass: Record<Zone, number> = { REAL: 0, MIXED: 0, EMPTY: 0 };
  const count: Record<Zone, number> = { REAL: 0, MIXED: 0, EMPTY: 0 };
  for (const zone of zones) count[zone]++;
  const { values, rows, columns } = map;
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += Math.abs(values[row * columns + column]!);
    mass[zones[column]!] += sum;
  }
  const total = mass.REAL + mass.MIXED + mass.EMPTY;
  const share = (zone: Zone) => ({
    map: total === 0 ? 0 : mass[zone] / total,
    positions: count[zone] / zones.length,
  });
  return { REAL: share('REAL'), MIXED: share('MIXED'), EMPTY: share('EMPTY') };
}

/** The steps a centre lies on: one, or two when it lies halfway; steps outside the input are padding. */
function centreIsReal(mask: Uint8Array, centre: number): boolean {
  return mask[Math.ceil(centre - 0.5)] === 1 && mask[Math.floor(centre + 0.5)] === 1;
}

/** [T + 1] real steps before each step. */
function runningCount(mask: Uint8Array): Int32Array {
  const counts = new Int32Array(mask.length + 1);
  for (const [t, real] of mask.entries()) counts[t + 1] = counts[t]! + real;
  return counts;
}

function runsOf(zones: readonly Zone[]): ZoneRun[] {
  const runs: { zone: Zone; from: number; to: number }[] = [];
  for (const [at, zone] of zones.entries()) {
    const last = runs.at(-1);
    if (last?.zone === zone) last.to = at + 1;
    else runs.push({ zone, from: at, to: at + 1 });
  }
  return runs;
}
