import type { Explanation, Zone, ZoneRun } from '../../attribution/explanation.ts';
import { type Pooling, pool } from '../../raster/pool.ts';
import type { RunMap } from '../../runs/run.ts';

/** Cells a kept map may have. */
const mostCells = 65_536;

/** Real before mixed before empty: a block is what its most real step is. */
const order: readonly Zone[] = ['REAL', 'MIXED', 'EMPTY'];

/** The map of an explanation in at most `most` cells: steps are pooled first, features only where that is not enough. */
export function smallMap(explanation: Explanation, most = mostCells): RunMap {
  const { map, padding, zones, signals } = explanation;
  const { rows, columns } = map;
  const pooling = smallest(rows, columns, most);
  const small = pool(map, 0, columns, pooling, null);
  return {
    ...small,
    mask: pooledMask(padding.mask, pooling.columns),
    zones: pooledZones(zones, columns, pooling.columns),
    pooling,
    full: { columns, rows },
    features: [...signals.features],
  };
}

function smallest(rows: number, columns: number, most: number): Pooling {
  const byColumns = Math.ceil(columns / Math.max(1, Math.floor(most / rows)));
  const blocks = Math.ceil(columns / byColumns);
  return { columns: byColumns, rows: Math.ceil(rows / Math.floor(most / blocks)) };
}

/** A block with a real step is real. */
function pooledMask(mask: Uint8Array, by: number): Uint8Array {
  const pooled = new Uint8Array(Math.ceil(mask.length / by));
  for (const [step, real] of mask.entries()) if (real) pooled[Math.floor(step / by)] = 1;
  return pooled;
}

function pooledZones(zones: readonly ZoneRun[], columns: number, by: number): ZoneRun[] {
  if (by === 1) return zones.map(({ zone, from, to }) => ({ zone, from, to }));
  const of = new Uint8Array(Math.ceil(columns / by)).fill(order.length);
  for (const { zone, from, to } of zones) {
    const rank = order.indexOf(zone);
    for (let block = Math.floor(from / by); block * by < to; block++) of[block] = Math.min(of[block]!, rank);
  }
  const runs: ZoneRun[] = [];
  for (let from = 0, to = 1; to <= of.length; to++) {
    if (to < of.length && of[to] === of[from]) continue;
    const zone = order[of[from]!];
    if (zone) runs.push({ zone, from, to });
    from = to;
  }
  return runs;
}
