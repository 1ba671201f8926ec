import type { ZoneRun } from '../../src/attribution/explanation.ts';

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
