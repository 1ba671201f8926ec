import type { Raster, ZoneRun } from '../../src/attribution/explanation.ts';

/** A stretch of padding columns, `to` exclusive, that lies in one zone. */
export interface PaddingRun {
  readonly from: number;
  readonly to: number;
  readonly empty: boolean;
}

/** @param mask [columns] 1 on real steps */
export function paddingRuns(mask: Uint8Array, zones: readonly ZoneRun[]): PaddingRun[] {
  const empty = new Uint8Array(mask.length);
  for (const run of zones) if (run.zone === 'EMPTY') empty.fill(1, run.from, run.to);
  const runs: PaddingRun[] = [];
  let from = 0;
  for (let column = 1; column <= mask.length; column++) {
    if (
      column < mask.length &&
      mask[column] === mask[from] &&
      (mask[from] === 1 || empty[column] === empty[from])
    )
      continue;
    if (mask[from] === 0) runs.push({ from, to: column, empty: empty[from] === 1 });
    from = column;
  }
  return runs;
}

/** Column edges where real steps meet padding. */
export function boundaries(mask: Uint8Array): number[] {
  const edges: number[] = [];
  for (let column = 1; column < mask.length; column++)
    if (mask[column] !== mask[column - 1]) edges.push(column);
  return edges;
}

/** Share of |map| in each run, 0..1; all 0 where the map is zero everywhere. */
export function zoneShares({ values, rows, columns }: Raster, zones: readonly ZoneRun[]): number[] {
  const sums = new Float64Array(columns);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) sums[column]! += Math.abs(values[i]!) || 0;
  }
  const total = sums.reduce((sum, each) => sum + each, 0);
  return zones.map(({ from, to }) =>
    total > 0 ? sums.subarray(from, to).reduce((sum, each) => sum + each, 0) / total : 0,
  );
}
